# --- direct
from flask import request
import os
def view():
    os.system("ls " + request.args.get("d"))  # bad: command-injection
# --- constant
from flask import request
import os
def view():
    x = request.args.get("d")
    x = "fixed"
    os.system("ls " + x)
# --- dict by key tainted
from flask import request
import os
def view():
    p = request.form["x"]
    m = {}
    m["a"] = "safe"
    m["b"] = p
    os.system(m["b"])  # bad: command-injection
# --- dict by key clean
from flask import request
import os
def view():
    p = request.form["x"]
    m = {}
    m["a"] = "safe"
    m["b"] = p
    bar = m["b"]
    bar = m["a"]
    os.system(bar)
# --- list by position tainted
from flask import request
import os
def view():
    p = request.form["x"]
    lst = []
    lst.append("safe")
    lst.append(p)
    lst.append("more")
    lst.pop(0)
    os.system(lst[0])  # bad: command-injection
# --- list by position clean
from flask import request
import os
def view():
    p = request.form["x"]
    lst = []
    lst.append("safe")
    lst.append(p)
    lst.append("more")
    lst.pop(0)
    os.system(lst[1])
# --- dead branch
from flask import request
import os
def view():
    param = request.form["x"]
    num = 106
    bar = "constant" if 7 * 18 + num > 200 else param
    os.system(bar)
# --- live branch
from flask import request
import os
def view():
    param = request.form["x"]
    num = 86
    if 7 * 42 - num > 200:
        bar = param
    else:
        bar = "fixed"
    os.system(bar)  # bad: command-injection
# --- dead if
from flask import request
import os
def view():
    param = request.form["x"]
    num = 96
    if 7 * 42 - num > 200:
        bar = param
    else:
        bar = "fixed"
    os.system(bar)
# --- match on a constant, clean
from flask import request
import os
def view():
    param = request.form["x"]
    possible = "ABC"
    guess = possible[1]
    match guess:
        case "A":
            bar = param
        case "B":
            bar = "bob"
        case "C" | "D":
            bar = param
        case _:
            bar = "default"
    os.system(bar)
# --- match on a constant, tainted
from flask import request
import os
def view():
    param = request.form["x"]
    possible = "ABC"
    guess = possible[2]
    match guess:
        case "A":
            bar = "x"
        case "B":
            bar = "bob"
        case "C" | "D":
            bar = param
        case _:
            bar = "default"
    os.system(bar)  # bad: command-injection
# --- base64 round trip
from flask import request
import base64, os
def view():
    p = request.form["x"]
    tmp = base64.b64encode(p.encode("utf-8"))
    bar = base64.b64decode(tmp).decode("utf-8")
    os.system(bar)  # bad: command-injection
# --- configparser tainted
from flask import request
import configparser, os
def view():
    p = request.form["x"]
    conf = configparser.ConfigParser()
    conf.add_section("s")
    conf.set("s", "keyA", "safe")
    conf.set("s", "keyB", p)
    os.system(conf.get("s", "keyB"))  # bad: command-injection
# --- configparser clean
from flask import request
import configparser, os
def view():
    p = request.form["x"]
    conf = configparser.ConfigParser()
    conf.add_section("s")
    conf.set("s", "keyA", "safe")
    conf.set("s", "keyB", p)
    os.system(conf.get("s", "keyA"))
# --- copy taken before
from flask import request
import os
def view():
    text = "help"
    text += "fixed"
    copy = text
    text += request.form["x"]
    os.system(copy)
# --- inner function
from flask import request
import os
def init(app):
    @app.route("/x", methods=["GET"])
    def one():
        return two()
    @app.route("/x", methods=["POST"])
    def two():
        param = request.form["x"]
        def inner(v):
            return v.strip()
        bar = inner(param)
        os.system(bar)  # bad: command-injection
        return "done"
# --- lambda
from flask import request
import os
def view():
    f = lambda v: v + "!"
    os.system(f(request.form["x"]))  # bad: command-injection
# --- lambda that ignores
from flask import request
import os
def view():
    f = lambda v: "!"
    os.system(f(request.form["x"]))
# --- wrapper class
from flask import request
import os
class Wrapper:
    def __init__(self, request):
        self.request = request
    def get(self, name):
        return self.request.args.get(name)
    def safe(self, name):
        return "bar"
def view():
    w = Wrapper(request)
    a = w.get("x")
    b = w.safe("x")
    os.system(b)
    os.system(a)  # bad: command-injection
# --- wrapper in another file
from flask import request
import app.helpers.wrap
import os
def view():
    w = app.helpers.wrap.Wrapper(request)
    a = w.get("x")
    b = w.safe("x")
    os.system(b)
    os.system(a)  # bad: command-injection
# --- file: app/__init__.py
# --- file: app/helpers/wrap.py
class Wrapper:
    def __init__(self, request):
        self.request = request
    def get(self, name):
        return self.request.args.get(name)
    def safe(self, name):
        return "bar"
# --- factory in another file
from flask import request
from helpers.things import create
import os
def view():
    thing = create()
    bar = thing.do(request.form["x"])
    os.system(bar)  # bad: command-injection
# --- file: helpers/things.py
import configparser
class Base:
    def do(self, i):
        raise NotImplementedError
class One(Base):
    def do(self, i):
        return i
class Two(Base):
    def do(self, i):
        r = i
        return r
def create():
    conf = configparser.ConfigParser()
    conf.read("things.ini")
    if conf.get("a", "b") == "one":
        return One()
    return Two()
# --- header names
from flask import request
import os
def view():
    param = ""
    for name in request.headers.keys():
        if name.lower() in ["host", "accept"]:
            continue
        param = name
        break
    os.system(param)  # bad: command-injection
# --- getlist
from flask import request
import os
def view():
    values = request.form.getlist("x")
    param = ""
    if values:
        param = values[0]
    os.system(param)  # bad: command-injection
# --- query string by hand
from flask import request
import os, urllib.parse
def view():
    q = request.query_string.decode("utf-8")
    at = q.find("x=")
    if at == -1:
        return "no"
    param = q[at + 2:]
    param = urllib.parse.unquote_plus(param)
    os.system(param)  # bad: command-injection
# --- fixed path
from flask import request
import os
def init(app):
    @app.route("/a/b/c")
    def view():
        parts = request.path.split("/")
        param = parts[1]
        if not param:
            param = ""
        os.system(param)
        return "x"
# --- unpacking
from flask import request
import os
def view():
    a, b = "x", request.args["q"]
    os.system(a)
    os.system(b)  # bad: command-injection
# --- comprehension
from flask import request
import os
def view():
    xs = [x.strip() for x in request.args.getlist("q")]
    os.system(" ".join(xs))  # bad: command-injection
# --- closure
from flask import request
import os
def view():
    x = request.args["q"]
    def run():
        os.system(x)  # bad: command-injection
    run()
# --- decorator
from flask import request
import os, functools
def logged(f):
    @functools.wraps(f)
    def inner(*args, **kwargs):
        return f(*args, **kwargs)
    return inner
@logged
def run(cmd):
    os.system(cmd)  # bad: command-injection
def view():
    run(request.args["q"])
# --- context manager and await
from aiohttp import web
import os, contextlib
@contextlib.contextmanager
def ctx(v):
    yield v
async def handler(request):
    data = await request.json()
    with ctx(data["x"]) as v:
        os.system(v)  # bad: command-injection
# --- generator
from flask import request
import os
def gen():
    yield request.args["q"]
def view():
    for v in gen():
        os.system(v)  # bad: command-injection
# --- percent and format
from flask import request
import os
def view():
    x = request.args["q"]
    os.system("a %s" % x)  # bad: command-injection
    os.system("a {}".format(x))  # bad: command-injection
    os.system("a {q}".format(q=x))  # bad: command-injection
    os.system(f"a {x}")  # bad: command-injection
    os.system("a %d" % x)
    os.system("%s" % "fixed")
# --- int
from flask import request
import os
def view():
    x = int(request.args["q"])
    os.system(f"a {x}")
# --- recursion
from flask import request
import os
def f(n, x):
    if n == 0:
        return x
    return f(n - 1, x)
def view():
    os.system(f(3, request.args["q"]))  # bad: command-injection
# --- inherited method
from flask import request
import os
class A:
    def go(self, x):
        os.system(x)  # bad: command-injection
class B(A):
    def go(self, x):
        super().go(x)
def view():
    B().go(request.args["q"])
# --- attribute of an instance
from flask import request
import os
class A:
    def set(self, x):
        self.x = x
    def run(self):
        os.system(self.x)  # bad: command-injection
def view():
    a = A()
    a.set(request.args["q"])
    a.run()
# --- dataclass
from flask import request
from dataclasses import dataclass
import os
@dataclass
class A:
    x: str
    y: str
def view():
    a = A("c", request.args["q"])
    os.system(a.x)
    os.system(a.y)  # bad: command-injection
# --- try
from flask import request
import os
def view():
    try:
        x = request.args["q"]
    except KeyError:
        x = "none"
    os.system(x)  # bad: command-injection
# --- local data is milder
import os, sys
def main():
    os.system(sys.argv[1])  # bad: command-injection
    open(sys.argv[2])
# --- iterators without end
from flask import request
import os
class A:
    def __init__(self, x):
        self.x = x
    def __iter__(self):
        return A(self.x)
def view():
    for v in A(request.args["q"]):
        print(v)
    os.system(request.args["q"])  # bad: command-injection
