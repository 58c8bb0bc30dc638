/* Pictures made small enough to send, before they are sent: a telephone's photo is three times what a message takes. */
const TRIES = [
  { edge: 2560, quality: 0.85 },
  { edge: 1920, quality: 0.8 },
  { edge: 1600, quality: 0.75 },
  { edge: 1280, quality: 0.7 },
];
const DRAWN = /^image\/(jpeg|png|webp|hei[cf]|avif)$/;
const FOREIGN = /^image\/hei[cf]$/; // only Apple's browsers draw it: made a JPEG wherever that works

export const isPicture = (file) => DRAWN.test(file.type);
export const needsShrinking = (file, limit) => isPicture(file) && (FOREIGN.test(file.type) || (limit > 0 && file.size > limit));

async function decode(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    const picture = new Image(); // older browsers: an <img> turns the picture by itself
    picture.src = URL.createObjectURL(file);
    try {
      await picture.decode();
    } finally {
      URL.revokeObjectURL(picture.src);
    }
    return picture;
  }
}

function encode(picture, { edge, quality }) {
  const [width, height] = [picture.naturalWidth ?? picture.width, picture.naturalHeight ?? picture.height];
  const scale = Math.min(1, edge / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white"; // what is transparent is as it was on paper
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/jpeg", quality);
  });
}

/* The file in at most `limit` bytes, or as it was where it cannot be drawn: then the server says what is wrong. */
export async function shrink(file, limit) {
  try {
    const picture = await decode(file);
    for (const attempt of TRIES) {
      const blob = await encode(picture, attempt);
      if (!limit || blob.size <= limit) {
        return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
      }
    }
  } catch {
    /* No canvas, no memory, no such format. */
  }
  return file;
}
