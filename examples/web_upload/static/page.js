const form = document.querySelector("form");
const button = form.querySelector("button");
const progress = form.querySelector("progress");
const output = form.querySelector("output");
const preview = document.querySelector("#preview");
const files = document.querySelector("#files");
const events = document.querySelector("#events");

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function say(text, state = "") {
  output.textContent = text;
  output.className = state;
}

async function jsonOf(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body;
}

// fetch() does not report the progress of an upload.
function send(url, body) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      progress.max = event.total;
      progress.value = event.loaded;
    };
    request.onload = () => {
      if (request.status === 200) resolve(request.response);
      else reject(new Error(request.response?.message ?? `ImageKit responded with ${request.status}`));
    };
    request.onerror = () => reject(new Error("ImageKit could not be reached"));
    request.open("POST", url);
    request.send(body);
  });
}

async function upload(picture, version) {
  const query = new URLSearchParams({ name: picture.name });
  const { url, fields } = await jsonOf(await fetch(`permissions/${version}?${query}`, { method: "POST" }));
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", picture);
  return send(url, body);
}

async function showFiles() {
  const listed = await jsonOf(await fetch("files"));
  const entries = listed.map(({ name, width, height, url, thumbnail }) => {
    const picture = element("img", { src: thumbnail, alt: name, width: 320, height: 240 });
    const caption = element("span", { title: name }, name);
    const pixels = element("small", {}, `${width} × ${height}`);
    return element("li", {}, element("a", { href: url }, picture, caption, pixels));
  });
  files.replaceChildren(...entries);
}

let newest;
async function showEvents() {
  const reported = await jsonOf(await fetch("events"));
  const latest = reported[0]?.id ?? null;
  if (latest === newest) return;
  newest = latest;
  const entries = reported.map(({ type, about }) =>
    element("li", {}, element("code", {}, type), element("span", { title: about ?? "" }, about ?? "")),
  );
  events.replaceChildren(...entries);
  // Other users may have uploaded or deleted files.
  await showFiles();
}

async function followEvents() {
  try {
    await showEvents();
  } catch (error) {
    say(error.message, "refused");
  }
  setTimeout(followEvents, 1000);
}

form.picture.onchange = () => {
  const [picture] = form.picture.files;
  URL.revokeObjectURL(preview.src);
  preview.hidden = button.disabled = !picture;
  if (picture) preview.src = URL.createObjectURL(picture);
  progress.value = 0;
  say("");
};

form.onsubmit = async (event) => {
  event.preventDefault();
  button.disabled = true;
  progress.value = 0;
  say("Uploading …");
  try {
    const { name } = await upload(form.picture.files[0], form.version.value);
    say(`Stored as ${name}`, "stored");
    await showFiles();
  } catch (error) {
    say(error.message, "refused");
  } finally {
    button.disabled = false;
  }
};

followEvents();
