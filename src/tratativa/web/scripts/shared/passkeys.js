/* Passkeys: a form that asks for one has the browser make or use it, and is sent with what the browser says.
   The server believes none of it but the signature. Without this script, or in a browser without passkeys, the button
   stays hidden and a sentence says why. */
const bytes = (words) =>
  Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const named = (keys) => (keys ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

const asked = async (form) => {
  const { passkeyOptions, passkeyFrom } = form.dataset;
  if (passkeyOptions) return JSON.parse(document.getElementById(passkeyOptions).textContent);
  const answer = await fetch(passkeyFrom, { headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()).request_options;
};

const make = async ({ publicKey }, alone) => {
  const resident = alone ? "required" : "discouraged";
  const key = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: resident,
        requireResidentKey: alone,
      },
    },
  });
  return told(key, { attestationObject: words(key.response.attestationObject), transports: key.response.getTransports?.() });
};

const use = async ({ publicKey }) => {
  const key = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: named(publicKey.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = key.response;
  return told(key, {
    authenticatorData: words(authenticatorData),
    signature: words(signature),
    ...(userHandle ? { userHandle: words(userHandle) } : {}),
  });
};

const told = (key, response) => ({
  id: key.id,
  rawId: words(key.rawId),
  type: key.type,
  authenticatorAttachment: key.authenticatorAttachment ?? undefined,
  clientExtensionResults: key.getClientExtensionResults(),
  response: { clientDataJSON: words(key.response.clientDataJSON), ...response },
});

const enhance = (form) => {
  const button = form.querySelector("[data-passkey-button]");
  const trouble = form.querySelector("[data-passkey-trouble]");
  const lacking = form.querySelector("[data-passkey-lacking]");
  if (!globalThis.PublicKeyCredential) {
    if (lacking) lacking.hidden = false;
    button.dataset.gone = ""; // its room goes too
    return;
  }
  button.hidden = false;
  form.elements.credential.value = ""; // a page that comes back asks anew
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return; // the key has spoken: this is the sending itself
    event.preventDefault();
    button.disabled = true;
    trouble.hidden = true;
    try {
      const options = await asked(form);
      const key =
        form.dataset.passkey === "make"
          ? await make(options, Boolean(form.elements.passwordless?.checked))
          : await use(options);
      form.elements.credential.value = JSON.stringify(key);
      form.requestSubmit(); // as a press would: what was typed is no longer kept for another day
    } catch {
      trouble.hidden = false;
      button.disabled = false;
    }
  });
};

for (const form of document.querySelectorAll("form[data-passkey]")) enhance(form);
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.querySelector("[data-passkey-button]").disabled = false;
    form.elements.credential.value = "";
  }
});
