// Notes when a reader clicked, when the answer came, and when charts were last painted.
(() => {
  const bench = { t0: 0, sent: 0, messages: [], charts: [], dom: 0, first: 0, moves: [] };
  window.__bench = bench;
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => bench.messages.push(performance.now()));
    }
    send(data) {
      if (bench.t0 && !bench.sent) bench.sent = performance.now();
      return super.send(data);
    }
  };
  const fetched = window.fetch;
  window.fetch = async (...given) => {
    if (bench.t0 && !bench.sent) bench.sent = performance.now();
    const answer = await fetched(...given);
    bench.messages.push(performance.now());
    return answer;
  };
  let waiting = false;
  const painted = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      bench.charts.push(performance.now());
      if (bench.moved) {
        bench.moves.push(performance.now() - bench.moved);
        bench.moved = 0;
      }
    });
  };
  const look = (records) => {
    bench.dom = performance.now();
    for (const record of records) {
      const target = record.target.nodeType === 1 ? record.target : record.target.parentElement;
      if (!target?.closest?.(".js-plotly-plot")) continue;
      if (!bench.first && target.querySelector(".trace, .point, .bars")) {
        requestAnimationFrame(() => { bench.first ||= performance.now(); });
      }
      painted();
    }
  };
  const watch = (root) => new MutationObserver(look).observe(root, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    watch(root);
    return root;
  };
  addEventListener("pointerdown", () => {
    Object.assign(bench, { t0: performance.now(), sent: 0, messages: [], charts: [] });
  }, true);
  addEventListener("mousemove", () => { if (bench.follows) bench.moved ||= performance.now(); }, true);
})();
