/** One panel of a chart: a frame with two axes, and what is drawn in it, as SVG. The same numbers give the same bytes. */

export type Axis = {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log';
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
};

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

export type Point = readonly [x: number, y: number];

/** Colours that people with any colour vision tell apart (Okabe and Ito), each used with a dash or a mark of its own. */
export const COLOURS = {
  black: '#000000',
  blue: '#0072b2',
  green: '#009e73',
  orange: '#d55e00',
  purple: '#aa4499',
  grey: '#767676',
} as const;

export type LineStyle = { readonly colour: string; readonly dash?: string };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A coordinate to a tenth of a pixel, so that no machine's last bit shows. */
const px = (value: number): string => {
  const tenth = Math.round(value * 10) / 10;
  return (tenth === 0 ? 0 : tenth).toString();
};

const dashed = (dash: string | undefined): string => (dash === undefined ? '' : ` stroke-dasharray="${dash}"`);

type Anchor = 'start' | 'middle' | 'end';

/** A line of text in pixels of the whole picture. */
export const label = (x: number, y: number, text: string, options: { anchor?: Anchor; more?: string } = {}): string =>
  `<text x="${px(x)}" y="${px(y)}" text-anchor="${options.anchor ?? 'start'}"${options.more ?? ''}>${escaped(text)}</text>`;

const placed = ({ from, to, scale }: Axis, at: number): number => {
  const of = (value: number): number => (scale === 'log' ? Math.log(value) : value);
  return (of(at) - of(from)) / (of(to) - of(from));
};

export const panel = (box: Box, horizontal: Axis, vertical: Axis) => {
  const { left, top, width, height } = box;
  const x = (at: number): number => left + width * placed(horizontal, at);
  const y = (at: number): number => top + height * (1 - placed(vertical, at));
  const path = (points: readonly Point[]): string => points.map(([a, b]) => `${px(x(a))},${px(y(b))}`).join(' ');
  return {
    /** Frame, grid, ticks and titles. */
    frame: (title: string): string =>
      [
        ...horizontal.ticks.flatMap(({ at, label: text }) => [
          `<path d="M${px(x(at))} ${px(top)}v${px(height)}" class="grid"/>`,
          label(x(at), top + height + 17, text, { anchor: 'middle' }),
        ]),
        ...vertical.ticks.flatMap(({ at, label: text }) => [
          `<path d="M${px(left)} ${px(y(at))}h${px(width)}" class="grid"/>`,
          label(left - 7, y(at) + 4, text, { anchor: 'end' }),
        ]),
        `<rect x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" class="frame"/>`,
        label(left - 50, top - 14, title, { more: ' class="title"' }),
        label(left + width / 2, top + height + 37, horizontal.title, { anchor: 'middle' }),
        label(left - 50, top + height / 2, vertical.title, {
          anchor: 'middle',
          more: ` transform="rotate(-90 ${px(left - 50)} ${px(top + height / 2)})"`,
        }),
      ].join('\n'),
    line: (points: readonly Point[], { colour, dash }: LineStyle): string =>
      `<polyline points="${path(points)}" class="line" stroke="${colour}"${dashed(dash)}/>`,
    area: (points: readonly Point[], colour: string): string =>
      `<polygon points="${path(points)}" fill="${colour}" fill-opacity="0.13"/>`,
    dot: ([a, b]: Point, colour: string, filled: boolean): string =>
      `<circle cx="${px(x(a))}" cy="${px(y(b))}" r="4.5" stroke="${colour}" stroke-width="1.6" fill="${filled ? colour : '#ffffff'}"/>`,
    /** Text to the right of a point of the panel. */
    note: ([a, b]: Point, text: string, colour: string): string =>
      label(x(a) + 16, y(b) + 4, text, { more: ` fill="${colour}" class="note"` }),
    /** An entry of the legend: a piece of the line and its name, at pixels of the whole picture. */
    key: ([a, b]: Point, text: string, { colour, dash }: LineStyle): string =>
      `<path d="M${px(a)} ${px(b)}h34" class="line" stroke="${colour}"${dashed(dash)}/>\n${label(a + 42, b + 4, text, { more: ' class="note"' })}`,
  };
};

/** A whole picture with a description for people who hear it. */
export const picture = (width: number, height: number, description: string, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="sans-serif" font-size="13">`,
    `<title>${escaped(description)}</title>`,
    '<style>.grid{stroke:#e2e2e2;fill:none}.frame{stroke:#444;fill:none}.line{fill:none;stroke-width:2.2}.title{font-size:16px;font-weight:bold}.note{stroke:#fff;stroke-width:4px;paint-order:stroke;stroke-linejoin:round}</style>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
