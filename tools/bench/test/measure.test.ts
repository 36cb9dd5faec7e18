import { describe, expect, it } from 'vitest';
import { interleave } from '../src/measure/interleave.ts';
import { median } from '../src/measure/median.ts';
import { percentile } from '../src/measure/percentile.ts';

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('percentile', () => {
  it('is the value that the share is below, whatever the order', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([percentile(hundred, 0.5), percentile(hundred, 0.99), percentile([7], 0.99)]).toEqual([
      51, 100, 7,
    ]);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('interleave', () => {
  it('takes one sample of each in turn and leaves the first round out', async () => {
    const order: string[] = [];
    const samples = (name: string, values: number[]) => () => {
      order.push(name);
      return Promise.resolve(values.shift() ?? Number.NaN);
    };
    const result = await interleave({ a: samples('a', [99, 1, 3]), b: samples('b', [99, 10, 20]) }, 2);
    expect(result).toEqual({ a: 2, b: 15 });
    expect(order.join('')).toBe('ababab');
  });
});
