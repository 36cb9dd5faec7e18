import { retryAfterMs } from '@aml-auth/core';
import { expect, it } from 'vitest';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

it.each([
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '99999999' }, 99_999_999_000],
  [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': '7', 'x-ms-retry-after-ms': '250' }, 250],
  [{ 'retry-after-ms': '90' }, 90],
  [{ 'retry-after': '-5' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
])('reads %j as %s milliseconds', (headers, expected) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>), NOW)).toBe(expected);
});
