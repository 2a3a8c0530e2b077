#!/usr/bin/env python3
"""A player for Surety that needs nothing but Python's standard library.

    python3 examples/bots/python_bot.py http://127.0.0.1:4810 [--once]

It makes a wallet, delegates to a session key, and bets on every open market by a simple rule: change `believe`.
The cryptography below is for a bot that holds pocket money: it is correct, but not hardened against side channels.
"""
import hashlib
import hmac
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request

# --- elliptic curves: y^2 = x^3 + ax + b over p, generator G of order n ----------------------------------------------
SECP256K1 = (
    2**256 - 2**32 - 977, 0,
    (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
     0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8),
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141)
P256 = (
    2**256 - 2**224 + 2**192 + 2**96 - 1, -3,
    (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5),
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551)


def add(curve, a, b):
    p, coefficient = curve[0], curve[1]
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % p == 0:
            return None
        slope = (3 * a[0] * a[0] + coefficient) * pow(2 * a[1], -1, p) % p
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, p) % p
    x = (slope * slope - a[0] - b[0]) % p
    return x, (slope * (a[0] - x) - a[1]) % p


def multiply(curve, k, point):
    result = None
    while k:
        if k & 1:
            result = add(curve, result, point)
        point = add(curve, point, point)
        k >>= 1
    return result


def nonces(key, digest, n):
    """Deterministic nonces, RFC 6979 with HMAC-SHA256."""
    def mac(k, data):
        return hmac.new(k, data, hashlib.sha256).digest()
    seed = key.to_bytes(32, "big") + (int.from_bytes(digest, "big") % n).to_bytes(32, "big")
    k, v = b"\0" * 32, b"\1" * 32
    for byte in (b"\0", b"\1"):
        k = mac(k, v + byte + seed)
        v = mac(k, v)
    while True:
        v = mac(k, v)
        candidate = int.from_bytes(v, "big")
        if 0 < candidate < n:
            yield candidate
        k = mac(k, v + b"\0")
        v = mac(k, v)


def sign(curve, key, digest):
    """r, s (low) and the recovery bit of an ECDSA signature over a 32-byte digest."""
    n = curve[3]
    for k in nonces(key, digest, n):
        x, y = multiply(curve, k, curve[2])
        r = x % n
        s = pow(k, -1, n) * (int.from_bytes(digest, "big") + r * key) % n
        if r and s:
            return (r, n - s, (y & 1) ^ 1) if s > n // 2 else (r, s, y & 1)


# --- keccak-256, addresses and EIP-712 -------------------------------------------------------------------------------
MASK = 2**64 - 1


def rotate(x, by):
    return ((x << by) | (x >> (64 - by))) & MASK if by else x


def permute(a):
    lfsr = 1
    for _ in range(24):
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        a = [a[i] ^ c[(i + 4) % 5] ^ rotate(c[(i + 1) % 5], 1) for i in range(25)]
        b, x, y, lane = list(a), 1, 0, a[1]
        for t in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            lane, b[x + 5 * y] = a[x + 5 * y], rotate(lane, (t + 1) * (t + 2) // 2 % 64)
        a = [b[i] ^ (~b[i - i % 5 + (i + 1) % 5] & b[i - i % 5 + (i + 2) % 5]) for i in range(25)]
        for j in range(7):
            lfsr = ((lfsr << 1) ^ ((lfsr >> 7) * 0x71)) % 256
            if lfsr & 2:
                a[0] ^= 1 << ((1 << j) - 1)
    return a


def keccak(data):
    data += b"\1" + b"\0" * (-(len(data) + 1) % 136)
    data = data[:-1] + bytes([data[-1] | 0x80])
    state = [0] * 25
    for block in range(0, len(data), 136):
        for lane in range(17):
            state[lane] ^= int.from_bytes(data[block + 8 * lane:block + 8 * lane + 8], "little")
        state = permute(state)
    return b"".join(lane.to_bytes(8, "little") for lane in state[:4])


def address_of(key):
    x, y = multiply(SECP256K1, key, SECP256K1[2])
    digits = keccak(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:].hex()
    check = keccak(digits.encode()).hex()
    return "0x" + "".join(d.upper() if int(check[i], 16) >= 8 else d for i, d in enumerate(digits))


def word(value):
    """One 32-byte word: bytes as they are, integers, or an address in hex."""
    if isinstance(value, bytes):
        return value.rjust(32, b"\0")
    return (int(value, 16) if isinstance(value, str) else value).to_bytes(32, "big")


def struct(kind, *values):
    return keccak(keccak(kind.encode()) + b"".join(word(value) for value in values))


DOMAIN = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
DELEGATION = ("Delegation(address operator,address wallet,bytes32 sessionKeyX,bytes32 sessionKeyY,string scope,"
              "uint128 limitMicroUsd,uint64 expiresAt,uint64 nonce)")


# --- the API ---------------------------------------------------------------------------------------------------------
class Surety:
    def __init__(self, url):
        self.url = url.rstrip("/")
        self.network = self.call("GET", "/v1/network")
        self.operator = self.network["issuer"]["address"]
        self.wallet = 1 + secrets.randbelow(SECP256K1[3] - 1)
        self.session = 1 + secrets.randbelow(P256[3] - 1)
        self.address = address_of(self.wallet)
        point = multiply(P256, self.session, P256[2])
        self.session_point = [coordinate.to_bytes(32, "big") for coordinate in point]

    def call(self, method, path, body=None, key=None):
        headers = {"accept": "application/json"}
        if body is not None:
            headers["content-type"] = "application/json"
        if key is not None:
            headers["idempotency-key"] = key
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            problem = json.load(error)["error"]
            raise SystemExit(f"{problem['code']}: {problem['message']} {problem['next']}") from None

    def delegate(self, limit_micro_usd):
        """Lets the session key trade for the wallet: one EIP-712 signature, then none are needed."""
        now = int(time.time() * 1000)
        expires = now // 1000 + 86400
        x, y = self.session_point
        message = struct(DELEGATION, self.operator, self.address, x, y, keccak(b"trade"), limit_micro_usd, expires, now)
        domain = struct(DOMAIN, keccak(b"Surety"), keccak(b"1"), self.network["chainId"], self.network["receiptVerifier"])
        r, s, odd = sign(SECP256K1, self.wallet, keccak(b"\x19\x01" + domain + message))
        self.call("POST", "/v1/delegations", {
            "operator": self.operator, "wallet": self.address, "sessionKey": "04" + x.hex() + y.hex(), "scope": "trade",
            "limitMicroUsd": str(limit_micro_usd), "expiresAt": expires, "nonce": now,
            "signature": f"0x{r:064x}{s:064x}{27 + odd:02x}"}, secrets.token_hex(16))

    def act(self, kind, **fields):
        """Signs an action with the session key and sends it; its nonce makes sending it twice harmless."""
        nonce = secrets.token_hex(16)
        action = {"type": f"surety/action/{kind}/v1", "account": self.address, "chainId": self.network["chainId"],
                  "operator": self.operator, "nonce": nonce, "expiresAt": int(time.time()) + 120, **fields}
        canonical = json.dumps(action, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = hashlib.sha256(b"surety/action/v1\n" + canonical.encode()).digest()
        r, s, _ = sign(P256, self.session, digest)
        x, y = self.session_point
        return self.call("POST", "/v1/actions", {
            "action": action, "account": self.address, "sessionKey": "04" + x.hex() + y.hex(),
            "signature": f"{r:064x}{s:064x}"}, nonce)["result"]

    def opened(self):
        """Market ids as they open, for ever; the last event id resumes after a lost connection."""
        last = None
        while True:
            headers = {"accept": "text/event-stream", **({"last-event-id": last} if last else {})}
            request = urllib.request.Request(self.url + "/v1/stream?streams=markets", None, headers)
            try:
                with urllib.request.urlopen(request, timeout=60) as lines:
                    for line in lines:
                        field, _, value = line.decode().rstrip("\n").partition(": ")
                        if field == "id":
                            last = value
                        if field == "data" and json.loads(value).get("kind") == "opened":
                            yield json.loads(value)["data"]["marketId"]
            except OSError:
                time.sleep(1)


# --- the player: change this -----------------------------------------------------------------------------------------
BAIT = ("claim", "airdrop", "reward", "bonus", "giveaway", "verify", "wallet-connect", "support")


def believe(claim):
    """Probability of the first outcome, or None to stay out."""
    host = claim["subject"].get("host")
    if host is None or claim["predicate"] != "scam":
        return None
    return 0.9 if any(word in host for word in BAIT) else None


def play(node, market_id):
    market = node.call("GET", f"/v1/markets/{market_id}")
    belief = believe(market["claim"])
    if belief is None or market["status"] != "open":
        return
    price = market["probabilitiesPpm"][0] / 1e6
    outcome, edge = (0, (belief - price) / (1 - price)) if belief > price else (1, (price - belief) / price)
    stake = str(int(1_000_000 * edge / 4))  # a quarter of Kelly on a dollar
    if int(stake) < 1000:
        return
    node.act("fund", marketId=market_id, amountMicroUsd=stake)
    done = node.act("order", marketId=market_id, order={"kind": "spend", "outcome": outcome, "amountMicroUsd": stake})
    print(f"{market['plainWords']} spent {int(stake) / 1e6:.6f}, now {done['probabilitiesPpm'][0] / 1e4:.1f}%", flush=True)


def main():
    node = Surety(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("SURETY_URL", "http://127.0.0.1:4810"))
    print(f"account {node.address} on chain {node.network['chainId']} ({node.network['environment']})", flush=True)
    if node.network["faucet"]:
        node.call("POST", "/v1/faucet", {"address": node.address}, secrets.token_hex(16))
    node.delegate(10_000_000)
    for market in node.call("GET", "/v1/markets?status=open")["markets"]:
        play(node, market["marketId"])
    if "--once" not in sys.argv:
        for market_id in node.opened():
            play(node, market_id)


if __name__ == "__main__":
    main()
