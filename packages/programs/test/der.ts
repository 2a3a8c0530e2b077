/** Just enough DER to write the certificates that tests need, good ones and broken ones. */

export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
};

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
export const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
export const boolean = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 255 : 0]));
export const octets = (bytes: Uint8Array): Buffer => der(0x04, bytes);
export const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
export const bits = (bytes: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), bytes);

export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const groups = [first * 40 + second, ...rest].map((arc) => {
    const bytes = [arc & 127];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(128 | (left & 127));
    return Buffer.from(bytes);
  });
  return der(0x06, ...groups);
};

/** GeneralizedTime of Unix seconds. */
export const time = (seconds: number): Buffer =>
  der(0x18, Buffer.from(`${new Date(seconds * 1000).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));

/** An X.509 name of one common name. */
export const commonName = (name: string): Buffer => sequence(der(0x31, sequence(oid('2.5.4.3'), text(name))));
