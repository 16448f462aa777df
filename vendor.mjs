// Copies the few files we serve from node_modules to static/vendor/<name>-<version>/, each package with
// its licence, and records what was copied in static/vendor/SHA256SUMS. Run by `npm run vendor`.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const target = "static/vendor";
const fontFiles = ["latin", "vietnamese"].flatMap((subset) =>
  [400, 500, 600, 700].map((weight) => `files/be-vietnam-pro-${subset}-${weight}-normal.woff2`),
);
const packages = [
  { from: "bootstrap", to: "bootstrap", files: ["LICENSE", "dist/css/bootstrap.min.css"] },
  { from: "htmx.org", to: "htmx", files: ["LICENSE", "dist/htmx.min.js"] },
  { from: "@fontsource/be-vietnam-pro", to: "be-vietnam-pro", files: ["LICENSE", ...fontFiles] },
];

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
