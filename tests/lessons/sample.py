"""A lesson with a block of each kind, for tests."""

from __future__ import annotations

SAMPLE = """---
title: A sample
minutes: 10
after: [say why $-\\ln p$]
before: []
picture: /binary?p=0.2&t=1
let:
  half: L of /binary?p=0.5&t=1
  quarter: L of /binary?p=0.25&t=1
---
Before the first heading, <b>no markup</b>.

## A number

At $p = 1/2$ the loss is {= half} nats; $L = {= half/1e9 .2}$ and *{= 2*half*1 .3}*.

```predict
id: quarter
kind: number
ask: How large at $p = 1/4$?
answer: quarter
unit: nats
tolerance: 5 %
wrong:
  - answer: half/2
    say: Half of it.
say: It adds.
```

```reveal
Twice: {= quarter}.
```

```view
address: /binary?p=0.3&t=1
show: [chart, numbers]
controls: [p]
```

## Others

```predict
id: times
kind: choice
ask: How many times as large?
choices:
  - text: twice
    when: quarter = 2*half
    say: So it is.
  - text: four times
    when: quarter = 4*half
    say: That would be 1/16.
```

```predict
id: place
kind: point
ask: Where is it 1?
chart: chart of /binary?p=0.5&t=1
curve: [cross-entropy]
answer: exp(-1)
tolerance: 0.03
x: [0, 1]
y: [0, 3]
say: At 1/e.
```

```predict
id: curve
kind: sketch
ask: Draw it.
chart: chart of /binary?p=0.5&t=1
curve: [cross-entropy]
tolerance: 10 %
x: [0.1, 1]
y: [0, 3]
say: It falls.
```

```view
address: /binary?p=0.8&t=1
controls: [p]
```

```try
id: coin
ask: Make it ln 2.
when: L = ln(2) and p < 0.7
within: 0.005
solution: /binary?p=0.5&t=1
say: A coin.
```

```notes
Ask *first*.
```
"""
