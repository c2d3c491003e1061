// Mounts one vis-network graph and keeps it in step with what Python sends.
// data: nodes, edges, styles, options, sheet (from `packed`), height, alt, selection, bright,
// focus, tick, caption, file.

const DIMMED = 0.28;
const CLOSEST = 3;
let loading;
// Where the reader dragged nodes, by the form of the sheet; kept when the page is left.
const moved = {};

/** Loads the drawing library once from the app's own host, and the font of the labels. */
function load() {
  const library = new URL("vis/vis-network.min.js", document.baseURI).href;
  const font = document.fonts.load('13px "Source Sans"').catch(() => {});
  loading ??= Promise.all([import(library), font]).catch((error) => {
    loading = undefined; // so that the next run tries again
    throw error;
  });
  return loading;
}

/** The nodes or edges with their styles, as vis-network takes them. */
function unpack(items, styles) {
  return items.map(({ style, ...own }) => ({ ...structuredClone(styles[style]), ...own }));
}

function mount(frame, data) {
  const { DataSet, Network } = globalThis.vis;
  const touch = matchMedia("(pointer: coarse)").matches;
  const [nodes, edges] = [new DataSet(), new DataSet()];
  const graph = { nodes, edges, data, touch, sent: { nodes: new Map(), edges: new Map() } };
  update(graph, data.selection);
  const interaction = { ...data.options.interaction, dragView: !touch, dragNodes: !touch };
  graph.network = new Network(frame, { nodes, edges }, { ...data.options, interaction });
  const { network } = graph;
  placeCounts(graph);
  // The tables beside the graph are the way by keyboard, and a finger scrolls the page.
  frame.querySelector(".vis-network").removeAttribute("tabindex");
  if (touch) frame.querySelector("canvas").style.touchAction = "pan-y";
  network.on("click", ({ nodes: [node], edges: [nearest], pointer }) => {
    const edge = node === undefined ? widestAt(network, pointer.canvas) ?? nearest : nearest;
    const tie = nodes.get(node ?? "")?.edge ?? (node === undefined ? edge : undefined);
    const kind = tie !== undefined ? "edge" : "node";
    const selection = (tie ?? node) === undefined ? null : { kind, id: tie ?? node };
    update(graph, selection);
    graph.send("selection", selection);
  });
  network.on("dragging", ({ nodes: dragged }) => dragged.length && placeCounts(graph));
  network.on("dragEnd", ({ nodes: dragged }) => {
    const own = dragged.filter((id) => !nodes.get(id)?.edge);
    for (const [id, at] of Object.entries(network.getPositions(own))) places(graph)[id] = at;
    if (own.length) update(graph, graph.shown);
    placeCounts(graph);
  });
  for (const part of ["Node", "Edge"]) {
    network.on(`hover${part}`, () => (frame.style.cursor = "pointer"));
    network.on(`blur${part}`, () => (frame.style.cursor = ""));
  }
  graph.observer = new ResizeObserver(() => settle(graph, frame));
  graph.observer.observe(frame);
  return graph;
}

const places = ({ data }) => (moved[data.form] ??= {});

/** Fits the canvas to its frame: true size where there is room, else smaller, never moved. */
function settle({ network, data }, frame) {
  if (!frame.clientWidth) return;
  const { width, height } = data.sheet;
  network.setSize(`${frame.clientWidth}px`, `${frame.clientHeight}px`);
  const most = frame.getRootNode().fullscreenElement ? CLOSEST : 1;
  const scale = Math.min(most, frame.clientWidth / width, frame.clientHeight / height);
  network.moveTo({ position: { x: 0, y: 0 }, scale, animation: false });
  network.redraw();
}

/** Brings nodes and edges in step with the data: what stays keeps its place, and only what
 *  changed is touched. Edges that are neither of the selection nor of a path are dimmed. */
function update(graph, selection) {
  const { data, nodes, edges } = graph;
  const drawnNodes = unpack(data.nodes, data.styles);
  const drawnEdges = unpack(data.edges, data.styles);
  const { kind, id } = selection ?? {};
  const isOwn = kind === "edge" ? (edge) => edge.id === id
    : ({ from, to }) => from === id || to === id;
  const isShown = (kind === "node" ? drawnNodes : drawnEdges).some((item) => item.id === id);
  const path = new Set(data.bright);
  const isBright = path.size ? (edge) => path.has(edge.id) : isShown ? isOwn : () => true;
  for (const edge of drawnEdges) {
    if (!isBright(edge)) edge.color.opacity = Math.min(edge.color.opacity, DIMMED);
  }
  for (const node of drawnNodes) Object.assign(node, places(graph)[node.id]);
  keepInStep(nodes, drawnNodes, graph.sent.nodes);
  keepInStep(edges, drawnEdges, graph.sent.edges);
  graph.shown = isShown ? selection : null;
  if (!graph.network) return;
  const chosen = { nodes: [], edges: [] };
  if (isShown) chosen[`${kind}s`].push(id);
  graph.network.setSelection(chosen, { highlightEdges: false });
}

/** Takes away what is gone and adds or changes what differs from what was drawn before. */
function keepInStep(set, items, sent) {
  const now = new Map(items.map((item) => [item.id, JSON.stringify(item)]));
  set.remove([...sent.keys()].filter((id) => !now.has(id)));
  set.update(items.filter(({ id }) => sent.get(id) !== now.get(id)));
  sent.clear();
  for (const [id, text] of now) sent.set(id, text);
}

/** Keeps the numbers beside edges there when the ends of the edges were dragged. */
function placeCounts({ network, nodes }) {
  for (const { id, edge } of nodes.get({ filter: ({ edge }) => edge })) {
    const line = network.body.edges[edge];
    if (!line?.connected || (line.from.y === 0 && line.to.y === 0)) continue;
    const { x, y } = line.edgeType.getPoint(0.5);
    const middle = (line.from.y + line.to.y) / 2;
    network.moveNode(id, x, y + (y < middle ? -16 : 16));
  }
}

/** The widest line that is drawn over a point: vis takes the nearest, and a hair wins over a band. */
function widestAt(network, { x, y }) {
  let found;
  for (const edge of Object.values(network.body.edges)) {
    if (!edge.connected || edge.options.hidden) continue;
    const { from, to } = edge;
    const away = edge.edgeType.getDistanceToEdge(from.x, from.y, to.x, to.y, x, y);
    const { width } = edge.options;
    if (away <= width / 2 + 1 && (found === undefined || width > found.width)) {
      found = { id: edge.id, width };
    }
  }
  return found?.id;
}

/** Brings an actor to the middle, once for each time it is looked for. */
function centre(graph) {
  const { focus } = graph.data;
  if (!focus || focus.turn === graph.turn) return;
  graph.turn = focus.turn;
  if (graph.nodes.get(focus.id)) {
    const scale = Math.max(1.2, graph.network.getScale());
    graph.network.focus(focus.id, { scale, animation: false });
  }
}

/** Saves what is seen as a picture, on the page's own ground and with a line on what it shows. */
function savePicture({ network, data }, frame) {
  const drawn = network.canvas.frame.canvas;
  const ratio = drawn.width / frame.clientWidth;
  const picture = document.createElement("canvas");
  const lines = data.caption;
  picture.width = drawn.width;
  picture.height = drawn.height + (lines.length * 17 + 18) * ratio;
  const pen = picture.getContext("2d");
  pen.fillStyle = data.paper;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.drawImage(drawn, 0, 0);
  pen.scale(ratio, ratio);
  pen.fillStyle = data.ink;
  pen.font = '12px "Source Sans", sans-serif';
  lines.forEach((line, at) => pen.fillText(line, 8, frame.clientHeight + 16 + at * 17));
  picture.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = data.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

function tools(whole, frame, graph) {
  const zoom = (by) => () => {
    const scale = Math.min(CLOSEST, Math.max(0.1, graph().network.getScale() * by));
    graph().network.moveTo({ scale, animation: false });
  };
  const actions = {
    fit: () => settle(graph(), frame),
    closer: zoom(1.3),
    further: zoom(1 / 1.3),
    back: () => {
      delete moved[graph().data.form];
      update(graph(), graph().shown);
      settle(graph(), frame);
    },
    whole: () => (whole.getRootNode().fullscreenElement
      ? document.exitFullscreen() : whole.requestFullscreen?.().catch(() => {})),
    picture: () => savePicture(graph(), frame),
  };
  for (const button of whole.querySelectorAll("button")) {
    button.onclick = () => graph() && actions[button.dataset.does]();
  }
  whole.onfullscreenchange = () => {
    const isWhole = Boolean(whole.getRootNode().fullscreenElement);
    frame.style.height = isWhole ? "calc(100vh - 3rem)" : `${graph().data.height}px`;
    graph().network.setOptions({ interaction: { zoomView: isWhole } });
    settle(graph(), frame);
  };
}

export default async function ({ data, parentElement, setStateValue, setTriggerValue }) {
  const whole = parentElement.querySelector(".network");
  const frame = parentElement.querySelector(".graph");
  if (!whole.getRootNode().fullscreenElement) frame.style.height = `${data.height}px`;
  frame.setAttribute("aria-label", data.alt);
  let timer;
  if (!frame.graph) performance.mark("network-data");
  await load();
  if (frame.isConnected) {
    const isNew = !frame.graph;
    const graph = (frame.graph ??= mount(frame, data));
    const { width, height } = graph.data.sheet;
    const isResized = width !== data.sheet.width || height !== data.sheet.height;
    graph.data = data;
    graph.send = setStateValue;
    if (isNew) {
      tools(whole, frame, () => frame.graph);
      graph.network.once("afterDrawing", () => performance.mark("network-painted"));
    } else {
      graph.network.setOptions({ nodes: data.options.nodes });
    }
    update(graph, data.selection);
    if (isResized || isNew) settle(graph, frame); // else the reader's own view stays
    centre(graph);
    placeCounts(graph);
    if (data.tick) timer = setTimeout(() => setTriggerValue("tick", data.tick.turn), data.tick.ms);
  }
  // Also called when newer data overtakes this run; the graph goes only with its frame.
  return () => {
    clearTimeout(timer);
    if (frame.isConnected || !frame.graph) return;
    frame.graph.observer.disconnect();
    frame.graph.network.destroy();
    delete frame.graph;
  };
}
