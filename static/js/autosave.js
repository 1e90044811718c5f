// Keeps what is being typed into the entry form on the server, without a page load.
// The page works without this file; then a click on 저장 and the login keep what was typed.
(() => {
  const form = document.querySelector("form[data-autosave]");
  const status = document.getElementById("autosave-status");
  if (!form || !status) return;
  const WAIT = 1000, RETRY = 15000;
  let timer = 0, typed = 0, kept = 0, leaving = false;

  // Read each time: the token changes when somebody logs in again in another tab.
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || "";

  const body = () => {
    const data = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") data.append(name, value);
    }
    return data;
  };

  const say = (text, bad) => {
    status.textContent = text;
    status.classList.toggle("failed", Boolean(bad));
  };

  const sayEnded = () => {
    say("저장하지 못했습니다. 로그인이 끝났습니다. ", true);
    const link = document.createElement("a");
    Object.assign(link, { href: form.dataset.login, target: "_blank", textContent: "새 창에서 로그인하면 이어서 저장합니다" });
    status.append(link);
  };

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  async function send(keepalive) {
    const now = typed;
    let answer, json = {};
    try {
      answer = await fetch(form.dataset.autosave, {
        method: "POST", body: body(), keepalive: keepalive === true, credentials: "same-origin",
        headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
      });
      json = await answer.json().catch(() => ({}));
    } catch {
      say("저장하지 못했습니다. 연결을 확인하고 있습니다.", true);
      return later(RETRY);
    }
    if (answer.ok) {
      kept = now;
      say(`${json.saved_at} 자동 저장됨`);
      if (typed > kept) later(WAIT);
    } else if (answer.status === 401) {
      sayEnded();
      later(RETRY);
    } else {
      say(`자동 저장하지 못했습니다. ${json.error || ""}`, true);
      if (answer.status === 403 || answer.status >= 500) later(RETRY);
    }
  }

  const touched = () => { typed += 1; later(WAIT); };
  form.addEventListener("input", touched);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    const hidden = form.elements.csrfmiddlewaretoken;
    if (hidden && token()) hidden.value = token();
  });
  window.addEventListener("beforeunload", (event) => { if (!leaving && typed > kept) event.preventDefault(); });
  window.addEventListener("pagehide", () => { if (!leaving && typed > kept) send(true); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) leaving = false; });
  if (form.hasAttribute("data-unsaved")) touched();
})();
