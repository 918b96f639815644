const pollEvery = 3000;
const checkEvery = 20000;

// Reports changes from server-sent events. Polls as well: rarely, or every 3 s without a connection or if the URL ends in #poll.
export function listen(url, changed, showLink) {
  let ended = false;
  let live = false;
  showLink(false);
  let timer;
  const source = location.hash === '#poll' ? new EventTarget() : new EventSource(url);
  const seen = () => {
    live = true;
    showLink(true);
  };
  source.onopen = seen;
  source.onerror = () => {
    live = false;
    showLink(false);
  };
  for (const type of ['reset', 'observation', 'tile-updated'])
    source.addEventListener(type, event => {
      seen();
      changed(type, JSON.parse(event.data));
    });
  const tick = () => {
    if (ended) return;
    changed('reset', null);
    timer = setTimeout(tick, live ? checkEvery : pollEvery);
  };
  timer = setTimeout(tick, pollEvery);
  return () => {
    ended = true;
    clearTimeout(timer);
    source.close?.();
  };
}

// Runs the work, and once more if it was requested during a run; two runs start at least the pause apart.
export function throttled(work, pause) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await work();
    } finally {
      setTimeout(() => {
        running = false;
        if (again) {
          again = false;
          run();
        }
      }, pause);
    }
  };
}
