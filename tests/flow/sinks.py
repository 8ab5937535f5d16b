# --- sql
import sqlite3
from flask import request
def view():
    con = sqlite3.connect("x")
    cur = con.cursor()
    x = request.args["q"]
    cur.execute(f"select * from t where a = '{x}'")  # bad: sql-injection
    cur.execute("select * from t where a = ?", (x,))
    con.execute("select " + x)  # bad: sql-injection
# --- sql through sqlalchemy
from flask import request
from sqlalchemy import text
def view(session):
    x = request.args["q"]
    session.execute(text("select " + x))  # bad: sql-injection
    session.execute(text("select :x"), {"x": x})
# --- django sql
from django.db import connection
from app.models import User
def view(request):
    q = request.GET["q"]
    User.objects.raw("select * from u where n = '%s'" % q)  # bad: sql-injection
    User.objects.raw("select * from u where n = %s", [q])
    User.objects.filter(name=q)
    with connection.cursor() as c:
        c.execute("select " + q)  # bad: sql-injection
# --- path
from flask import request
import os, shutil
from werkzeug.utils import secure_filename
def view():
    x = request.args["q"]
    open("/srv/" + x)  # bad: path-traversal
    open("/srv/" + os.path.basename(x))
    open("/srv/" + secure_filename(x))
    os.remove(x)  # bad: path-traversal
    shutil.rmtree(x)  # bad: path-traversal
# --- xss
from flask import Flask, request, make_response
import html
app = Flask(__name__)
@app.route("/a")
def a():
    return "<p>" + request.args["q"]  # bad: cross-site-scripting
@app.route("/b")
def b():
    return "<p>" + html.escape(request.args["q"])
@app.route("/c")
def c():
    r = make_response("hi " + request.args["q"])
    return r  # bad: cross-site-scripting
@app.route("/d")
def d():
    return {"a": request.args["q"]}
@app.route("/e/<name>")
def e(name):
    return f"hello {name}"  # bad: cross-site-scripting
@app.route("/f/<int:n>")
def f(n):
    return f"hello {n}"
@app.route("/g")
def g():
    text = request.args["q"].replace("<", "&lt;").replace(">", "&gt;")
    return text
# --- django xss
from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import mark_safe
def view(request):
    x = request.GET["q"]
    mark_safe(x)  # bad: cross-site-scripting
    HttpResponse(x, content_type="text/plain")
    HttpResponse(escape(x))
    return HttpResponse(f"hi {x}")  # bad: cross-site-scripting
# --- templates
from flask import request, render_template_string, render_template
def view():
    render_template_string("hi " + request.args["q"])  # bad: template-injection
    render_template_string("hi {{ q }}", q=request.args["q"])
    return render_template("a.html", q=request.args["q"])
# --- ssrf
from flask import request
import requests, urllib.request
def view():
    x = request.args["q"]
    requests.get(x)  # bad: server-side-request-forgery
    requests.get(f"https://{x}/a")  # bad: server-side-request-forgery
    requests.get(f"https://api.example.org/{x}")
    requests.get("https://api.example.org", params={"q": x})
    urllib.request.urlopen(x)  # bad: server-side-request-forgery
# --- redirect
from flask import request, redirect
def view():
    x = request.args["q"]
    if x == "1":
        return redirect("/local/" + x)
    return redirect(x)  # bad: open-redirect
# --- ldap
import ldap3
from ldap3.utils.conv import escape_filter_chars
from flask import request
def view():
    conn = ldap3.Connection("server")
    x = request.args["q"]
    conn.search("dc=x", f"(uid={x})")  # bad: ldap-injection
    conn.search("dc=x", f"(uid={escape_filter_chars(x)})")
# --- xpath with variables
from flask import request
def view(root):
    x = request.args["q"]
    root.xpath("//a[@b=$b]", b=x)
    root.xpath("//a[@b='%s']" % x.replace("'", "&apos;"))
# --- xxe
from flask import request
import xml.sax, xml.dom.minidom
import lxml.etree
def view():
    data = request.get_data()
    p = xml.sax.make_parser()
    xml.dom.minidom.parseString(data, p)
    p.setFeature(xml.sax.handler.feature_external_ges, True)
    xml.dom.minidom.parseString(data, p)  # bad: xml-entity-injection
    lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=False))
    lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=True))  # bad: xml-entity-injection
# --- deserialise
from flask import request
import pickle, yaml, base64, json
def view():
    x = request.args["q"]
    pickle.loads(base64.b64decode(x))  # bad: unsafe-deserialization
    yaml.load(x, Loader=yaml.Loader)  # bad: unsafe-deserialization
    yaml.load(x, Loader=yaml.SafeLoader)
    yaml.safe_load(x)
    json.loads(x)
# --- trust
import flask
from flask import request
def view():
    x = request.args["q"]
    flask.session["u"] = "fixed"
    flask.session["u"] = x  # bad: trust-boundary
    flask.session[x] = "1"  # bad: trust-boundary
# --- subprocess
from flask import request
import subprocess
def view():
    x = request.args["q"]
    subprocess.run(["ls", x])
    subprocess.run(["sh", "-c", "echo " + x])  # bad: command-injection
    subprocess.run("ls " + x, shell=True)  # bad: command-injection
    args = ["sh", "-c"]
    args.append("echo fixed")
    subprocess.run(args)
    subprocess.run([x])  # bad: command-injection
# --- shlex
from flask import request
import os, shlex
def view():
    x = request.args["q"]
    os.system("ls " + shlex.quote(x))
    eval(shlex.quote(x))  # bad: code-injection
# --- cookies
from flask import make_response
def view():
    r = make_response("x")
    r.set_cookie("a", "b", secure=True, httponly=True)
    r.set_cookie("a", "b", secure=False, httponly=True)  # bad: insecure-cookie-value
    flag = False
    r.set_cookie("a", "b", secure=flag)  # bad: insecure-cookie-value
# --- hash
import hashlib
def view():
    name = "sha256"
    hashlib.new(name)
    name = "md5"
    hashlib.new(name)  # bad: weak-hash-value
# --- random
import random, secrets
def view():
    token = str(random.random())[2:]  # bad: weak-random-value
    token = secrets.token_hex(8)
    token = str(random.SystemRandom().random())
# --- fastapi
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
import os
app = FastAPI()
@app.get("/a/{name}")
def a(name: str, n: int):
    os.system(f"a {n}")
    os.system(f"a {name}")  # bad: command-injection
    return "x" + name
# --- tornado
import tornado.web, os
class H(tornado.web.RequestHandler):
    def get(self):
        x = self.get_argument("q")
        self.write("hi " + x)  # bad: cross-site-scripting
        os.system(x)  # bad: command-injection
# --- bottle
from bottle import route, request
import os
@route("/x")
def x():
    os.system(request.query.q)  # bad: command-injection
# --- agent tool
import subprocess
class ShellPlugin:
    def execute(self, command):
        subprocess.run(command, shell=True)  # bad: command-injection
# --- lambda function
import os
def handler(event, context):
    os.system(event["x"])  # bad: command-injection
# --- mongo
from flask import request
def view(db):
    db.users.find_one({"name": request.args["n"]})
    db.users.find_one(request.get_json())  # bad: nosql-injection
# --- header
from flask import request, make_response
def view():
    r = make_response("x")
    r.headers["X-A"] = request.args["q"]  # bad: header-injection
    r.headers["X-B"] = "fixed"
