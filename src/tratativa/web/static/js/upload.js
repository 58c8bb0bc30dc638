/* Files go up as soon as they are chosen, each with its progress; a photo over the limit is made smaller first. */
import { csrf, post } from "./csrf.js";

const EDGE = 1600;
const form = document.querySelector("[data-composer]");
const input = form?.querySelector("[data-files]");
const list = form?.querySelector("[data-waiting]");

function line(name) {
  const item = document.createElement("li");
  item.className = "file";
  const label = document.createElement("span");
  label.className = "file__name";
  label.textContent = name;
  const bar = document.createElement("progress");
  bar.className = "file__bar";
  bar.max = 1;
  bar.setAttribute("aria-label", name);
  item.append(label, bar);
  list.append(item);
  return { item, bar };
}

async function shrink(file, limit) {
  if (file.size <= limit || !/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file;
  }
}

function send(file) {
  const { item, bar } = line(file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.upload);
  request.setRequestHeader("X-CSRFToken", csrf());
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  const failed = (words) => {
    item.classList.add("file--bad");
    item.setAttribute("role", "alert");
    item.textContent = words;
  };
  request.addEventListener("load", () => {
    if (request.status === 200) {
      const drawn = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-waiting]");
      item.remove();
      const busy = [...list.children].filter((one) => !one.dataset.file);
      list.replaceChildren(...drawn.children, ...busy);
    } else {
      let words = `${file.name}: ${request.status}`;
      try {
        words = JSON.parse(request.responseText).error;
      } catch {
        /* An answer without words: the status stands. */
      }
      failed(words);
    }
  });
  request.addEventListener("error", () => failed(file.name));
  const body = new FormData();
  body.append("files", file);
  request.send(body);
}

if (input && list) {
  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    input.value = "";
    for (const file of chosen) send(await shrink(file, Number(form.dataset.limit)));
  });
  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-remove]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("[data-file]");
    const answer = await post(`${form.dataset.upload}/${item.dataset.file}/remove`, new FormData());
    if (answer.ok) item.remove();
    form.elements.text.focus();
  });
}
