import fc from 'fast-check';
import { expect, test } from 'vitest';

import { chooseDeployment } from '../../src/inference/choose-deployment.js';

const names = ['blue', 'green', 'grey'];
const shares = fc.record({ blue: fc.nat(100), green: fc.nat(100), grey: fc.nat(100) });
const point = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('who gets a request has a share of the traffic, and somebody gets it where anybody has one', () => {
  fc.assert(
    fc.property(shares, point, (traffic, at) => {
      const chosen = chooseDeployment(null, names, traffic, at);
      const total = traffic.blue + traffic.green + traffic.grey;
      expect(chosen === undefined).toBe(total === 0);
      if (chosen !== undefined) expect(traffic[chosen as keyof typeof traffic]).toBeGreaterThan(0);
    }),
  );
});

test('shares are kept over many requests', () => {
  const traffic = { blue: 90, green: 10 };
  const chosen = Array.from({ length: 1000 }, (_, index) =>
    chooseDeployment(null, names, traffic, index / 1000),
  );
  expect(chosen.filter((name) => name === 'blue')).toHaveLength(900);
});

test('a deployment that is not ready gets nothing, and its share goes to the others', () => {
  expect(chooseDeployment(null, ['green'], { blue: 99, green: 1 }, 0)).toBe('green');
  expect(chooseDeployment(null, [], { blue: 100 }, 0)).toBeUndefined();
});

test('a header goes before the traffic', () => {
  expect(chooseDeployment('grey', names, { blue: 100 }, 0)).toBe('grey');
  expect(chooseDeployment('red', names, { blue: 100 }, 0)).toBeUndefined();
});
