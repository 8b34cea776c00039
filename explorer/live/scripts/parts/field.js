// Paints a heat map or contour onto a canvas in its place while numbers move: 1 ms, where Plotly takes 20 to lay it out anew.
// Bands and colours are Plotly's own, as it drew them last, so they still agree with its colour bar.

const SVG = "http://www.w3.org/2000/svg";

const context = (/** @type {HTMLCanvasElement} */ canvas, options = {}) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", options));
/** @type {CanvasRenderingContext2D | undefined} */
let scratch;

/** @typedef {[share: number, color: string][]} Scale */
/** @typedef {{ from: number, step: number, colors: Uint32Array, edges?: Uint32Array }} Shades */

/** @type {Map<string, number[]>} */
const read = new Map(); // colours, as a canvas takes its time to say one

/**
 * A colour of CSS as [red, green, blue, alpha], each up to 255.
 * @param {string} color
 */
function rgba(color) {
  const known = read.get(color);
  if (known) return known;
  scratch ??= context(document.createElement("canvas"), { willReadFrequently: true });
  scratch.clearRect(0, 0, 1, 1);
  scratch.fillStyle = color;
  scratch.fillRect(0, 0, 1, 1);
  const found = Array.from(scratch.getImageData(0, 0, 1, 1).data);
  read.set(color, found);
  return found;
}

/**
 * The colour at a share of a colour scale, a list of [share, colour].
 * @param {Scale} scale
 * @param {number} share
 */
function colorAt(scale, share) {
  const after = scale.findIndex(([at]) => at >= share);
  if (after <= 0) return rgba(scale[after < 0 ? scale.length - 1 : 0][1]);
  const [[low, from], [high, to]] = [scale[after - 1], scale[after]];
  const [a, b] = [rgba(from), rgba(to)];
  const part = high > low ? (share - low) / (high - low) : 1;
  return a.map((channel, i) => Math.round(channel + part * (b[i] - channel)));
}

/** @type {(scale: Scale) => Scale} */
const flipped = (scale) => scale.toReversed().map(([share, color]) => [1 - share, color]);

/** @type {WeakMap<Trace, Shades>} */
const known = new WeakMap(); // Plotly's trace -> its shades; it makes a new one whenever it draws

/**
 * What turns a value into the number of its colour: bands between the levels of a contour, 256 shades of a heat map. Colours
 * are whole pixels; `edges` are those of the lines between bands.
 * @param {Trace} trace
 */
function shades(trace) {
  const found = known.get(trace) ?? (trace.type === "heatmap" ? gradation(trace) : bands(trace));
  known.set(trace, found);
  return found;
}

/** @param {number[]} color */
const pixel = (color) => new Uint32Array(Uint8ClampedArray.from(color).buffer)[0];
/** @type {(trace: Trace) => Scale} */
const scaleOf = (trace) => (trace.reversescale ? flipped(trace.colorscale) : trace.colorscale);

/** @type {(trace: Trace) => Shades} */
function gradation(trace) {
  const colors = Uint32Array.from({ length: 256 }, (_, i) => pixel(colorAt(scaleOf(trace), (i + 0.5) / 256)));
  return { from: trace.zmin, step: (trace.zmax - trace.zmin) / 256, colors };
}

/** @type {(trace: Trace) => Shades} */
function bands(trace) {
  const { start, end, size, showlines } = trace.contours;
  const given = typeof trace._input.zmin === "number" && typeof trace._input.zmax === "number";
  const [first, last] = given ? [Math.max(start, trace.zmin), Math.min(end, trace.zmax)] : [start, end];
  const extra = given && (start <= trace.zmin || end >= trace.zmax) ? 0 : 1;
  const steps = Math.floor((last - first) / size + 1e-6) + extra; // as many as Plotly spreads the colour scale over
  const levels = Math.floor((end - start) / size + 1e-6) + 1;
  /** @param {number} k */
  const share = (k) => (((k - 0.5) * size + start - first) / size + extra / 2) / steps; // of the middle of band k
  const own = Array.from({ length: levels + 1 }, (_, k) => colorAt(scaleOf(trace), Math.min(1, Math.max(0, share(k)))));
  const line = rgba(trace.line.color);
  const mix = showlines ? (line[3] / 255) * Math.min(1, trace.line.width) : 0;
  const edged = own.map((color) => color.map((channel, i) => (i < 3 ? channel + mix * (line[i] - channel) : channel)));
  return { from: start - size, step: size, colors: Uint32Array.from(own, pixel), edges: Uint32Array.from(edged, pixel) };
}

/**
 * For each pixel along an axis: the place before it in a sorted list of coordinates, and how far it is on to the next.
 * @param {Pick<Axis, "p2d">} axis
 * @param {ArrayLike<number>} coordinates
 * @param {number} length
 * @param {number} [reach] how far beyond the outermost coordinates there is something, in shares of the step there
 */
export function places(axis, coordinates, length, reach = 0) {
  const [before, on] = [new Int32Array(length), new Float64Array(length)];
  const last = coordinates.length - 1;
  let k = axis.p2d(0) <= axis.p2d(length) ? 0 : last - 1;
  for (let pixel = 0; pixel < length; pixel++) {
    const at = axis.p2d(pixel + 0.5);
    while (k < last - 1 && at > coordinates[k + 1]) k++;
    while (k > 0 && at < coordinates[k]) k--;
    const share = (at - coordinates[k]) / (coordinates[k + 1] - coordinates[k]);
    before[pixel] = k;
    on[pixel] = share >= -reach && share <= 1 + reach ? Math.min(Math.max(share, 0), 1) : NaN; // beyond there is nothing
  }
  return { before, on };
}

/**
 * @param {Element} group
 * @param {number} width
 * @param {number} height
 */
function canvasIn(group, width, height) {
  const frame = group.querySelector(".live-field") ?? document.createElementNS(SVG, "foreignObject");
  const canvas = frame.querySelector("canvas") ?? document.createElement("canvas");
  if (!frame.firstChild) {
    frame.setAttribute("class", "live-field");
    frame.append(canvas);
    group.prepend(frame);
  }
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    frame.setAttribute("width", String(width));
    frame.setAttribute("height", String(height));
  }
  return canvas;
}

/**
 * Paint a trace's z, a list of rows over y and x. Returns whether Plotly has drawn it, so that there is a place to paint.
 * @param {any[] | undefined} points
 * @param {Trace} trace
 * @param {Axis} across
 * @param {Axis} up
 */
export function paint(points, trace, across, up) {
  const { x, y, z } = trace;
  const group = points?.[0]?.node3?.node();
  if (!group) return false;
  const [width, height] = [Math.round(across._length), Math.round(up._length)];
  const canvas = canvasIn(group, width, height);
  const { from, step, colors, edges } = shades(trace);
  const reach = edges ? 0 : 0.5; // a cell lies around its coordinates
  const [columns, rows] = [places(across, x, width, reach), places(up, y, height, reach)];
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const found = edges ? new Int32Array(width * height) : null;
  const row = new Float64Array(x.length);
  const line = (/** @type {number} */ j) => rows.before[j] + Math.round(rows.on[j]); // of a heat map's z
  for (let j = 0, i = 0; j < height; j++) {
    if (!edges && j > 0 && line(j) === line(j - 1)) {
      pixels.copyWithin(i, i - width, i);
      i += width;
      continue;
    }
    const [below, above, v] = [z[rows.before[j]], z[rows.before[j] + 1], edges ? rows.on[j] : Math.round(rows.on[j])];
    for (let c = 0; c < row.length; c++) row[c] = v === 0 ? below[c] : v === 1 ? above[c] : (1 - v) * below[c] + v * above[c];
    for (let c = 0; c < width; c++, i++) {
      const [l, u] = [columns.before[c], columns.on[c]];
      const value = edges ? (1 - u) * row[l] + u * row[l + 1] : u < 0.5 ? row[l] : u >= 0.5 ? row[l + 1] : NaN;
      const place = Math.floor((value - from) / step);
      const band = place >= colors.length ? colors.length - 1 : place >= 0 ? place : place < 0 ? 0 : -1;
      if (found) found[i] = band;
      if (band < 0) continue; // not a number
      const edge = found && ((c > 0 && found[i - 1] !== band) || (j > 0 && found[i - width] !== band));
      pixels[i] = (edge && edges ? edges : colors)[band];
    }
  }
  context(canvas).putImageData(image, 0, 0);
  canvas.style.opacity = edges ? "1" : String(trace.opacity); // of a contour Plotly has set it on the group
  group.classList.add("live-painted");
  return true;
}

/**
 * Let what Plotly has drawn be seen again.
 * @param {any[] | undefined} points
 */
export function unpaint(points) {
  const group = points?.[0]?.node3?.node();
  group?.querySelector(".live-field")?.remove();
  group?.classList.remove("live-painted");
}
