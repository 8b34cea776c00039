// What the scripts are given: by Python, by Streamlit and by Plotly. `tsc` reads it; no browser does.

/** What Streamlit calls a component's script with. */
interface Component<Data> {
  data: Data;
  key: string;
  parentElement: HTMLElement;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}

/** Inputs and steps of the program, by their names. */
type Numbers = Record<string, number>;

/** The columns of a data set, by the inputs that they hold. */
type Rows = Record<string, number[]>;

/** What a kernel gives for a step: a number, or along a sweep an array. */
type Result = number | Float64Array;

type Kernel = (numbers: Numbers, sweep: Record<string, Float64Array>, rows?: Rows) => Record<string, Result>;

/** The module that live.py prints of a program. */
interface Kernels {
  kernels: (Kernel | null)[];
  needs: string[][];
  setters: (((numbers: Numbers) => Numbers) | null)[];
  quantities?(numbers: Numbers, sweep: object, rows?: Rows): Numbers;
  minima?: (Kernel | null)[];
  pool?: Kernel;
  each?(numbers: Numbers, rows?: Rows): Record<string, ArrayLike<number>>;
}

/** What live.py says of a chart. */
interface ChartData {
  figure: string;
  program: string;
  values: Numbers;
  rows: Rows;
  cells: Record<string, string[]>;
  pool: Pool | null;
  minima: Minimum[];
  limits: Record<string, [number, number]>;
  filename: string;
  alt: string;
  writes: boolean;
}

/** What core/minimum.py declares, with the inputs that it depends on and those that it sets. */
interface Minimum {
  of: string;
  over: Record<string, [number, number]>;
  slopes: string[];
  at: string[];
  value: string;
  ends: string[];
  dots: string[];
  across: [number, number];
  needs: string[];
  sets: string[];
}

/** What core/pool.py declares. */
interface Pool {
  rows: Record<string, (number | string)[]>;
  slot: string;
  size: number;
  sums: Record<string, string>;
  place: string;
  needs: string[];
}

/** What another part of the page asks a chart for: its picture, as a URL with the name of a file. */
interface Picture {
  format: string;
  take(url: string, name: string): void;
}

/** What the page around a chart does for it. */
interface Surroundings {
  Plotly: PlotlyLibrary;
  /** Within which numbers are shown; the document unless given. */
  scope?: ParentNode;
  /** The numbers that controls show now. */
  read(settled: Numbers): Numbers;
  /** Move those controls. */
  hold(numbers: Numbers): void;
  /** Let go of them. */
  commit(numbers: Numbers): void;
  /** Whether it takes what a hand picks: that is more than a slider holds. */
  picks?: boolean;
  /** Numbers that were let go of, of which Python has not spoken yet. */
  open?(): Numbers;
  /** Show numbers in what else the page has. */
  write?(numbers: Numbers): void;
  /** How far one key press moves, where a control says so. */
  step(name: string): number | undefined;
  theme(): Theme;
}

interface Theme {
  palette: string[];
  text: string;
  ground: string;
  grid: string;
  font: string;
}

/** What figures/binding.py writes into a trace's meta. */
interface Meta {
  bind?: Record<string, string | string[]>;
  sweep?: Record<string, string>;
  along?: string[];
  signs?: Record<string, [number, number]>;
  ends?: 1 | -1;
  drag?: Record<string, string>;
  sets?: Record<string, string>;
  brush?: [low: number, high: number];
  pick?: Record<string, string>;
  least?: Omit<Minimum, "needs" | "sets">;
  color?: number;
  shades?: number[];
}

/** A trace as Python wrote it. Its other attributes are of many kinds. */
interface Trace {
  type: string;
  meta?: Meta;
  [attribute: string]: any;
}

/** An attribute's dotted path, and its value. */
type Attribute = [path: string, value: any];

/** An axis of Plotly's: p is a pixel, d a datum, c a computed one. */
interface Axis {
  type: string;
  _length: number;
  _offset: number;
  p2d(pixel: number): number;
  d2p(datum: number): number;
  d2c(datum: number): number;
  c2p(computed: number): number;
}

/** An element in which Plotly has drawn. What begins with an underscore is its own. */
interface Plot extends HTMLElement {
  data: Trace[];
  calcdata?: any[][];
  _fullData: any[];
  _fullLayout: any;
  on(event: string, listener: () => void): void;
}

interface PlotlyLibrary {
  Icons: Record<string, object>;
  Plots: { resize(plot: Plot): void };
  react(plot: Plot, data: Trace[], layout: object, config: object): Promise<void>;
  restyle(plot: Plot, attributes: Record<string, any>, traces: number[]): Promise<void>;
  downloadImage(plot: Plot, options: object): Promise<string>;
  toImage(plot: Plot, options: object): Promise<string>;
  purge(plot: Plot): void;
}

interface Window {
  Plotly: PlotlyLibrary;
}
