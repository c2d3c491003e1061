// Mounts one vis-network graph and keeps it in step with what Python sends.
// data: nodes, edges, options, sheet (from to_pyvis), height, alt, selection.

const DIMMED = 0.28;
let loading;

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

function mount(frame, data) {
  const { DataSet, Network } = globalThis.vis;
  const touch = matchMedia("(pointer: coarse)").matches;
  const [nodes, edges] = [new DataSet(data.nodes), new DataSet(data.edges)];
  const options = { ...data.options, interaction: { ...data.options.interaction, dragView: !touch } };
  const network = new Network(frame, { nodes, edges }, options);
  const graph = { network, nodes, edges, data };
  // The tables beside the graph are the way by keyboard, and a finger scrolls the page.
  frame.querySelector(".vis-network").removeAttribute("tabindex");
  if (touch) frame.querySelector("canvas").style.touchAction = "pan-y";
  network.on("click", ({ nodes: [node], edges: [nearest], pointer }) => {
    const edge = node === undefined ? widestAt(network, pointer.canvas) ?? nearest : nearest;
    const tie = nodes.get(node ?? "")?.edge ?? (node === undefined ? edge : undefined);
    const kind = tie !== undefined ? "edge" : "node";
    const selection = (tie ?? node) === undefined ? null : { kind, id: tie ?? node };
    select(graph, selection);
    graph.send(selection);
  });
  for (const part of ["Node", "Edge"]) {
    network.on(`hover${part}`, () => (frame.style.cursor = "pointer"));
    network.on(`blur${part}`, () => (frame.style.cursor = ""));
  }
  graph.observer = new ResizeObserver(() => settle(graph, frame));
  graph.observer.observe(frame);
  return graph;
}

/** Fits the canvas to its frame: true size where there is room, else smaller, never moved. */
function settle({ network, data }, frame) {
  if (!frame.clientWidth) return;
  const { width, height } = data.sheet;
  network.setSize(`${frame.clientWidth}px`, `${frame.clientHeight}px`);
  const scale = Math.min(1, frame.clientWidth / width, frame.clientHeight / height);
  network.moveTo({ position: { x: 0, y: 0 }, scale, animation: false });
  network.redraw();
}

/** Marks a node or an edge and dims every edge that isn't its own. */
function select({ network, nodes, edges }, selection) {
  const { kind, id } = selection ?? {};
  const shown = (kind === "node" ? nodes : edges).get(id ?? "") !== null;
  const own = !shown ? edges.getIds() : kind === "edge" ? [id] : network.getConnectedEdges(id);
  const bright = new Set(own);
  edges.update(edges.map(({ id, color }) => ({
    id, color: { ...color, opacity: bright.has(id) ? 1 : DIMMED },
  })));
  const chosen = { nodes: [], edges: [] };
  if (shown) chosen[`${kind}s`].push(id);
  network.setSelection(chosen, { highlightEdges: false });
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

/** Takes away what is gone and adds or changes the rest, so that what stays keeps its place. */
function keepInStep(set, items) {
  const ids = new Set(items.map(({ id }) => id));
  set.remove(set.getIds().filter((id) => !ids.has(id)));
  set.update(items);
}

export default async function ({ data, parentElement, setStateValue }) {
  const frame = parentElement.querySelector(".graph");
  frame.style.height = `${data.height}px`;
  frame.setAttribute("aria-label", data.alt);
  await load();
  if (frame.isConnected) {
    const graph = (frame.graph ??= mount(frame, data));
    const { width, height } = graph.data.sheet;
    const isResized = width !== data.sheet.width || height !== data.sheet.height;
    graph.data = data;
    graph.send = (selection) => setStateValue("selection", selection);
    graph.network.setOptions({ nodes: data.options.nodes });
    keepInStep(graph.edges, data.edges);
    keepInStep(graph.nodes, data.nodes);
    if (isResized) settle(graph, frame); // else the reader's own view stays
    select(graph, data.selection);
  }
  // Also called when newer data overtakes this run; the graph goes only with its frame.
  return () => {
    if (frame.isConnected || !frame.graph) return;
    frame.graph.observer.disconnect();
    frame.graph.network.destroy();
    delete frame.graph;
  };
}
