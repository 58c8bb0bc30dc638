/* Files go up as soon as they are chosen, each with its progress; a form waits for those still on their way. */
import { headers, post } from "./csrf.js";
import { ended } from "./session.js";
import { needsShrinking, shrink } from "./pictures.js";

const underway = new Map();
const listOf = (input) => (input.closest(".field") ?? input.form).querySelector("[data-waiting]");

function line(list, name) {
  const item = document.createElement("li");
  item.className = "file";
  const label = document.createElement("span");
  label.className = "file__name";
  label.textContent = name;
  const note = document.createElement("span");
  note.className = "faint";
  const bar = document.createElement("progress");
  bar.className = "file__bar";
  bar.max = 1;
  bar.setAttribute("aria-label", name);
  item.append(label, note, bar);
  list.append(item);
  return { item, bar, note };
}

function fail(item, words) {
  item.classList.add("file--bad");
  item.setAttribute("role", "alert");
  item.textContent = words;
}

/* The lines the server drew, those not yet on the page, with their fields named as this form reads them. */
function take(list, drawn) {
  const known = new Set([...list.children].map((one) => one.dataset.file));
  for (const one of [...drawn.children]) {
    if (known.has(one.dataset.file)) continue;
    one.querySelector("input[type=hidden]").name = list.dataset.kept;
    list.append(one);
  }
}

function bodyOf(input, list, file) {
  const body = new FormData();
  body.append("files", file);
  if (input.hasAttribute("data-asked")) body.append("asked", "yes");
  for (const one of list.querySelectorAll("[data-file] input[type=hidden]")) body.append("kept", one.value);
  return body;
}

function put(input, list, file, { item, bar }) {
  const failed = `${file.name}: ${list.dataset.failed}`;
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", input.dataset.upload);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("load", () => {
      if (request.status === 200) {
        item.remove();
        take(list, new DOMParser().parseFromString(request.responseText, "text/html").querySelector("[data-waiting]"));
        done(true);
      } else {
        let words = failed;
        try {
          const said = JSON.parse(request.responseText);
          words = said.error ?? failed;
          if (said.signed_out) ended();
        } catch {
          /* An answer without words. */
        }
        fail(item, words);
      }
    });
    request.addEventListener("error", () => fail(item, failed));
    request.addEventListener("loadend", () => done(false)); // after a file that went up this says nothing new
    request.send(bodyOf(input, list, file));
  });
}

/* As many as the message still takes; the others are named in one line, and none of them goes up. */
function within(input, list, chosen) {
  list.querySelector("[data-left-out]")?.remove();
  const most = Number(input.dataset.most || Infinity);
  const room = Math.max(0, most - list.querySelectorAll("[data-file]").length);
  const out = chosen.slice(room);
  if (out.length) {
    const { item } = line(list, "");
    item.dataset.leftOut = "";
    const names = out.map((file) => file.name).join(", ");
    fail(item, `${input.dataset.left} ${names}`);
  }
  return chosen.slice(0, room);
}

/* Whether all of them went up. */
async function send(input, chosen) {
  let whole = true;
  const list = listOf(input);
  const limit = Number(input.dataset.limit);
  for (const file of within(input, list, chosen)) {
    const shown = line(list, file.name);
    const smaller = needsShrinking(file, limit);
    if (smaller) shown.note.textContent = list.dataset.shrinking;
    const ready = smaller ? await shrink(file, limit) : file;
    shown.note.textContent = "";
    whole = (await put(input, list, ready, shown)) && whole;
  }
  return whole;
}

document.addEventListener("change", (event) => {
  const input = event.target.closest?.("input[data-files]");
  if (!input?.files.length) return;
  const chosen = [...input.files];
  const form = input.form;
  input.value = "";
  const job = (underway.get(form) ?? Promise.resolve(true)).then(async (whole) => (await send(input, chosen)) && whole);
  underway.set(form, job);
  job.finally(() => {
    if (underway.get(form) === job) underway.delete(form);
  });
});

// Before every other listener: a message must not leave without the files that were chosen for it.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!underway.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    underway.get(form).then((whole) => {
      if (whole) form.requestSubmit(button); // else the reason stands on the page, and the author decides
    });
  },
  true,
);

document.addEventListener("click", async (event) => {
  const item = event.target.closest?.("[data-remove]")?.closest("[data-file]");
  const form = item?.closest("form");
  const input = form && [...form.querySelectorAll("input[data-files]")].find((one) => listOf(one).contains(item));
  if (!input) return;
  event.preventDefault();
  const answer = await post(`${input.dataset.upload}/${item.dataset.file}/remove`, new FormData());
  if (answer.ok) item.remove();
  (form.querySelector("textarea") ?? input).focus();
});
