"""The error and gamma functions for SQL, which few dialects have, written without loops."""

from __future__ import annotations

from collections.abc import Sequence

ERFC = (
    1.0132238658150672, 0.7713066500045594, 0.5296500146735849, 0.32594923404785897, 0.1779659956952157, 0.08486183961050586,
    0.0344279294925003, 0.011312873262704672, 0.0026752329684255833, 0.00026113120523379025, -0.00010946802750283844,
    -5.680883557619961e-05, -7.0144550324133155e-06, 3.4794156990901937e-06, 1.52286529130175e-06, -4.3659978712070186e-08,
    -1.7575336655326946e-07, -2.3479103361697803e-08, 1.775122028915771e-08, 4.982984195111047e-09, -1.758342801671218e-09,
    -7.690180884539186e-10, 1.6620625141765055e-10, 9.601693977800406e-11, -1.0913246548661584e-11, -7.289390573154947e-12,
)  # fmt: skip
"""Of (x + 4) e^(x**2) erfc x in powers of 8.8 / (x + 4) - 1: its Chebyshev series for x from 0.4 on."""
LOGARITHM = (
    0.42278433509846713, 0.3224670334241132, -0.06735230105319563, 0.02058080842778338, -0.007385551028935545,
    0.002890510330865901, -0.0011927539009983087, 0.0005096695196526673, -0.00022315497746292723, 9.945761692157133e-5,
    -4.4923727564247656e-5, 2.050601970174762e-5, -9.45628851510172e-6, 4.3828545383846665e-6, -1.9743106888421067e-6,
    9.242852225162277e-7, -5.811277768921246e-7, 2.7475390051909663e-7,
)  # fmt: skip
"""Of ln gamma(2 + w) / w in powers of w, for w from -1/2 to 1/2."""
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)
"""Of what Stirling's formula lacks, in odd powers of 1 / y."""
BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
"""The numbers B2, B4, ..."""
BLOCK = 7
"""How many powers are nested in each other."""
SHIFT = 12
"""From where the asymptotic series of digamma and its slopes are right."""


def _horner(x: str, coefficients: Sequence[float]) -> str:
    text = repr(coefficients[-1])
    for coefficient in reversed(coefficients[:-1]):
        text = f"{coefficient!r} + {x} * ({text})"
    return f"({text})"


def _in_blocks(x: str, coefficients: Sequence[float]) -> str:
    """A long polynomial by blocks of powers, with <x>_block for one of them: SQLite nests brackets 100 deep at most."""
    blocks = [_horner(x, coefficients[k : k + BLOCK]) for k in range(0, len(coefficients), BLOCK)]
    text = blocks[-1]
    for block in reversed(blocks[:-1]):
        text = f"{block} + {x}_block * ({text})"
    return f"({text})"


def _block(x: str) -> str:
    return f"{x}_block = {' * '.join([x] * BLOCK)}"


def _taylor() -> list[float]:
    """Of erf x / x * sqrt(pi) / 2 in powers of -x**2."""
    found, power = [], 1.0
    for k in range(21):
        power /= max(k, 1)
        found.append(power / (2 * k + 1))
    return found


def _lower(power: int) -> str:
    """1 / y**power + 1 / (y + 1)**power + ..., below where the asymptotic series holds."""
    return " + ".join("1" + f" // (y + {k})" * power for k in range(SHIFT))


_TURNED = """
    y = 1 - x if x < 0.5 else x
    z = y + 12 if y < 12 else y
    s = 1 // z // z
    angle = 3.141592653589793 * (x - floor(x + 0.5))
"""
_FACTORS = " * ".join(f"((y - {k}) if y >= {k + 1.5} else 1)" for k in range(1, 9))
_NEAR_2 = f"""
    size = abs(x)
    y = 1 + size if size < 0.5 else size
    z = y - (floor(y - 1.5) if y >= 2.5 else 0)
    w = (z - 1 if z < 1.5 else z - 2) if y < 10 else 0
    {_block("w")}
    product = {_FACTORS}
    small = w * {_in_blocks("w", LOGARITHM)}
    far = max(y, 10)
    tail = {_horner("(1 // far // far)", STIRLING)} // far
    turn = floor(x + 0.5)
"""

HELPERS: dict[str, str] = {
    "erfc_far": f"""
def erfc_far(x):
    size = min(x, 40)
    v = 8.8 // (size + 4) - 1
    {_block("v")}
    near = floor(262144 * size) // 262144
    return {_in_blocks("v", ERFC)} // (size + 4) * exp(-near * near) * exp((near - size) * (near + size))""",
}
"""What SOURCES are made of: e^(-x**2) and a polynomial, for x from 0.4 on."""
SOURCES: dict[str, str] = {
    "erf": f"""
def erf(x):
    size = abs(x)
    u = -min(size, 1) * min(size, 1)
    {_block("u")}
    tail = erfc_far(max(size, 0.5))
    return x * 1.1283791670955126 * {_in_blocks("u", _taylor())} if size < 1 else signum(x) * (1 - tail)""",
    "erfc": """
def erfc(x):
    tail = erfc_far(max(abs(x), 0.4))
    return 1 - erf(x) if abs(x) < 0.5 else 2 - tail if x < 0 else tail""",
    "gamma_function": f"""
def gamma_function(x):{_NEAR_2}
    root = power(far, (far - 0.5) / 2)
    great = 2.5066282746310007 * root * exp(-far) * exp(tail)
    whole = product * exp(small) / (z if z < 1.5 else 1) if y < 10 else great
    scaled = whole / size if size < 0.5 else whole
    sine = SIN(3.141592653589793 * (x - turn)) * (1 if turn == 2 * floor(turn / 2) else -1) if abs(x) < 1e15 else 0
    over = root if y >= 10 else 1
    below = nan if sine == 0 else 3.141592653589793 / sine / (size * scaled) / over
    return (1 / x if size < 1e-300 else inf if x > 172 else scaled * over) if x >= 0 else below if x < 0 else x""",
    "lgamma": f"""
def lgamma(x):{_NEAR_2}
    near = small - (log1p(w) if z < 1.5 else 0) + log(product)
    great = (far - 0.5) * (log(far) - 1) + (0.4189385332046727 + tail)
    whole = (near if y < 10 else great) - (log(size) if size < 0.5 else 0)
    sine = abs(SIN(3.141592653589793 * (x - turn))) if abs(x) < 1e15 else 0
    below = inf if sine == 0 else 1.1447298858494002 - log(size * sine) - whole
    return inf if size == inf else -log(size) if size < 1e-20 else whole if x >= 0 else below if x < 0 else x""",
    "digamma": f"""
def digamma(x):{_TURNED}
    lower = {_lower(1)} if y < 12 else 0
    tail = s * {_horner("s", [b / (2 * k) for k, b in enumerate(BERNOULLI, 1)])}
    whole = log(z) - 1 // (2 * z) - tail - lower
    return -inf if x == 0 else whole - 3.141592653589793 / TAN(angle) if x < 0.5 else whole""",
    "trigamma": f"""
def trigamma(x):{_TURNED}
    lower = {_lower(2)} if y < 12 else 0
    tail = s * {_horner("s", BERNOULLI)}
    whole = lower + (1 + 1 // (2 * z) + tail) // z
    turned = 3.141592653589793 / SIN(angle)
    return turned * turned - whole if x < 0.5 else whole""",
    "tetragamma": f"""
def tetragamma(x):{_TURNED}
    lower = {_lower(3)} if y < 12 else 0
    tail = s * {_horner("s", [b * (2 * k + 1) for k, b in enumerate(BERNOULLI, 1)])}
    whole = -2 * lower - (1 + 1 // z + tail) // z // z
    turned = 3.141592653589793 / SIN(angle)
    return -inf if x == 0 else whole - 2 * COS(angle) * turned * turned * turned if x < 0.5 else whole""",
}
"""In Python's syntax, as `column_functions.SOURCES`."""
