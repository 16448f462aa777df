// Copies the few files we serve from node_modules to static/vendor/<name>-<version>/, each package with
// its licence, and records what was copied in static/vendor/SHA256SUMS. Run by `npm run vendor`.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { PurgeCSS } from "purgecss";

const target = "static/vendor";
const fontFiles = ["latin", "vietnamese"].flatMap((subset) =>
  [400, 500, 600, 700].map((weight) => `files/be-vietnam-pro-${subset}-${weight}-normal.woff2`),
);
const packages = [
  { from: "bootstrap", to: "bootstrap", files: ["LICENSE", "dist/css/bootstrap.min.css"] },
  { from: "htmx.org", to: "htmx", files: ["LICENSE", "dist/htmx.min.js"] },
  { from: "@fontsource/be-vietnam-pro", to: "be-vietnam-pro", files: ["LICENSE", ...fontFiles] },
];

// The parts of Bootstrap that are shipped; whole it would be half of a page's first load. A template that wants more names it
// here and runs `npm run vendor`: tests/test_static.py compares the templates with left-out.txt.
const utilities = {
  ...Object.fromEntries(["m", "p"].flatMap((what) => ["", "t", "b", "s", "e", "x", "y"].map((side) => [what + side, "0 1 2 3 4 5 auto"]))),
  gap: "0 1 2 3 4 5",
  d: "none block inline inline-block flex inline-flex grid md-none md-block md-inline md-flex",
  flex: "row column wrap nowrap fill grow-0 grow-1 shrink-0",
  "align-items": "start center end baseline stretch",
  "justify-content": "start center end between",
  order: "1 2 3 md-1 md-2 md-3",
  text: "start center end nowrap break",
  w: "25 50 75 100 auto",
  fw: "normal medium semibold bold",
};
const components = `
  btn btn-primary btn-sm btn-link active disabled form-check form-check-input form-check-label form-control form-control-sm
  form-label form-select form-select-sm form-text invalid-feedback is-invalid row small table-responsive visually-hidden
  visually-hidden-focusable
`;
// Plain elements and attributes may stand on any page.
const plain = `
  html body a abbr address article b blockquote button caption code dd details dialog div dl dt em fieldset figure form
  h1 h2 h3 h4 h5 h6 hr img input kbd label legend li main mark nav ol optgroup option output p pre progress samp section
  select small span strong sub summary sup svg table tbody td textarea tfoot th thead tr ul
  hidden list role title type checkbox color date datetime-local file month number radio range reset search submit time week
`;
const shipped = [plain, components, ...Object.entries(utilities).flatMap(([name, ends]) => ends.split(" ").map((end) => `${name}-${end}`))];

async function lean(path) {
  const raw = readFileSync(path, "utf8");
  const content = [{ raw: shipped.join(" "), extension: "txt" }];
  const safelist = { variables: [/^--bs-(?!.*(success|info|warning|danger|light|dark|gradient|box-shadow))/] };
  const [{ css }] = await new PurgeCSS().purge({ content, css: [{ raw }], variables: true, safelist, blocklist: [/data-bs-theme/] });
  const classesOf = (text) => new Set(text.match(/(?<=\.)[a-z][\w-]*(?=[^{}]*\{)/g));
  const kept = classesOf(css);
  const leftOut = [...classesOf(raw)].filter((name) => !kept.has(name)).sort();
  writeFileSync(path, css);
  writeFileSync(join(dirname(path), "left-out.txt"), `${leftOut.join("\n")}\n`);
}

function* filesUnder(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesUnder(path);
    else if (name !== "SHA256SUMS") yield path;
  }
}

for (const { from, to, files } of packages) {
  const source = join("node_modules", from);
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  for (const old of readdirSync(target).filter((name) => name.startsWith(`${to}-`))) {
    rmSync(join(target, old), { recursive: true });
  }
  const folder = join(target, `${to}-${version}`);
  mkdirSync(folder, { recursive: true });
  for (const file of files) cpSync(join(source, file), join(folder, basename(file)));
  if (to === "bootstrap") await lean(join(folder, "bootstrap.min.css"));
}

// The style sheet names a source map that is not shipped; the manifest storage would look for it.
for (const path of [...filesUnder(target)].filter((name) => name.endsWith(".css"))) {
  writeFileSync(path, readFileSync(path, "utf8").replace(/\n?\/\*# sourceMappingURL=.*?\*\/\s*$/, "\n"));
}

const sums = [...filesUnder(target)].map((path) => {
  const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
  return `${hash}  ${path.slice(target.length + 1)}`;
});
writeFileSync(join(target, "SHA256SUMS"), `${sums.join("\n")}\n`);
