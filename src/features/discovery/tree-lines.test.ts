import { expect, test } from 'vitest';
import { account } from './testing.ts';
import { treeLines } from './tree-lines.ts';

const unit = (id: string, name: string, parentId: string) => ({ id, name, parentId, path: '' });
const shown = (id: string, ouIds: readonly string[], changes: object = {}) => ({
  ...account(id, { name: `n${id}`, ouIds, ouPath: '/', ...changes }),
  left: false,
  ...changes,
});

test('accounts and units in their places; slashes in names make no units; unknown places stand apart', () => {
  const organization = {
    rootId: 'r-1',
    units: [unit('ou-b', 'B/C', 'r-1'), unit('ou-a', 'A', 'r-1'), unit('ou-c', 'C', 'ou-b')],
  };
  const accounts = [
    shown('1', ['r-1'], { isManagement: true }),
    shown('2', ['r-1', 'ou-b', 'ou-c'], { status: 'SUSPENDED' }),
    shown('3', [], { ouPath: '?' }),
    shown('4', ['r-1', 'ou-gone']),
    shown('5', ['r-1'], { left: true }),
    shown('6', ['r-1', 'ou-a'], { name: 'red \u001b[31m', status: 'GONE \u001b[31m' }),
  ];
  const lines = [...treeLines(organization, accounts)];
  expect(lines.join('')).not.toContain('\u001b');
  expect(lines).toEqual([
    '├─ 1  n1  (management account)',
    '├─ A/',
    expect.stringContaining('└─ 6  red '),
    '├─ B/C/',
    '│  └─ C/',
    '│     └─ 2  n2  (SUSPENDED)',
    '└─ (place not known)',
    '   ├─ 3  n3',
    '   └─ 4  n4',
  ]);
});

test('one account alone', () => {
  expect([...treeLines({ rootId: '', units: [] }, [shown('1', [])])]).toEqual(['└─ 1  n1']);
});
