// A photo made smaller on the phone before it goes up. Re-drawing it also leaves out where it was taken.
const LONGEST = 1600;
const SMALL = 400 * 1024;

export async function smaller(file) {
  if (!/^image\/(jpeg|png|hei[cf])$/.test(file.type) || (file.size < SMALL && file.type === "image/png")) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => undefined);
  if (!picture) return file; // most browsers cannot draw HEIC: the server blanks its position
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
}
