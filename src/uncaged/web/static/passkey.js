// Passkeys: asks the studio for a challenge, the browser for an answer, and sends it with the form it belongs to.
// Forms that need it are hidden until this runs; every page can be used without it, by a password.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function challenge(what, name) {
  const body = new URLSearchParams({ for: what, name });
  const answer = await fetch("/passkeys/challenge", { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await answer.json();
  if (!answer.ok) throw new Error(`${said.error.message} ${said.error.hint}`);
  return said;
}

async function made(options) {
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  options.excludeCredentials = (options.excludeCredentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const found = await navigator.credentials.create({ publicKey: options });
  const { clientDataJSON, attestationObject } = found.response;
  const response = { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) };
  return { id: found.id, rawId: text(found.rawId), type: found.type, response };
}

async function signed(options) {
  options.challenge = bytes(options.challenge);
  options.allowCredentials = [];
  const found = await navigator.credentials.get({ publicKey: options });
  const { clientDataJSON, authenticatorData, signature, userHandle } = found.response;
  const response = {
    clientDataJSON: text(clientDataJSON),
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  };
  return { id: found.id, rawId: text(found.rawId), type: found.type, response };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const what = form.dataset.passkey;
  const why = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    why.hidden = true;
    try {
      const other = form.dataset.name ? document.getElementById(form.dataset.name) : null;
      const name = other ? other.value : "";
      if (other) form.elements.name.value = name;
      const options = await challenge(what, name);
      form.elements.passkey.value = JSON.stringify(await (what === "enter" ? signed(options) : made(options)));
      form.submit();
    } catch (error) {
      why.textContent = error.message;
      why.hidden = false;
    }
  });
}
