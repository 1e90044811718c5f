// Shows how far a file is while it is made; once it is finished the page is loaded anew.
// Without this file the page loads itself again every few seconds.
(() => {
  const box = document.querySelector("[data-progress]");
  if (!box) return;
  const bar = box.querySelector("progress"), doing = box.querySelector("[data-doing]"), seconds = box.querySelector("[data-seconds]");
  const waits = document.getElementById("no-worker");
  const WAIT = 1000, RETRY = 5000;
  let failures = 0;

  async function look() {
    let json;
    try {
      const answer = await fetch(box.dataset.progress, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(answer.status);
      json = await answer.json();
      failures = 0;
    } catch {
      failures += 1;
      doing.textContent = "연결을 확인하고 있습니다.";
      return failures < 5 ? setTimeout(look, RETRY) : location.reload();
    }
    if (json.finished) return location.reload();
    if (json.total) {
      bar.max = json.total;
      bar.value = json.done;
      bar.textContent = `${json.done}/${json.total}`;
    }
    doing.textContent = json.total ? `${json.doing} (${json.done}/${json.total})` : json.doing;
    seconds.textContent = json.seconds;
    if (waits) waits.hidden = !json.waits;
    setTimeout(look, WAIT);
  }
  setTimeout(look, WAIT);
})();
