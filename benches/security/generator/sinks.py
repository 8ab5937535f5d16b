"""Where data does harm, with twins in which it does not.

{b} is the data; {t}, {u}, {q} and {s} are other names. `clean` lists harmless twins. `answers` says that the lines answer
the request themselves, `needs` that they need names of the handler and cannot move into another function.
`always` says that the harm does not depend on the data.
"""

import frameworks as fw


def sink(category, name, dirty, clean, imports=(), answers=False, needs=False, always=False, only=(), before=""):
    split = lambda text: text.strip("\n").split("\n")
    return {
        "category": category, "name": name, "dirty": split(dirty), "clean": [split(text) for text in clean],
        "imports": list(imports), "answers": answers, "needs": needs, "always": always, "only": tuple(only),
        "before": split(before) if before else [],
    }


CWES = {
    "sql": {89, 564}, "command": {77, 78, 88}, "code": {94, 95, 96}, "path": {22, 23, 36, 73},
    "xss": {79, 80, 116}, "ldap": {90}, "xpath": {643}, "xxe": {611, 776, 827}, "deserialisation": {502},
    "hash": {327, 328, 916}, "cipher": {326, 327, 329}, "random": {330, 338}, "cookie": {614}, "trust": {501}, "redirect": {601},
    "ssrf": {918}, "template": {1336, 94}, "header": {113, 93}, "log": {117}, "nosql": {943}, "regex": {1333, 400, 730},
}

SQLITE = ["import sqlite3"]
OPEN = '{s} = sqlite3.connect("app.db")\n{t} = {s}.cursor()\n'

SINKS = [
    sink("sql", "execute-concat", OPEN + '{q} = "SELECT * FROM users WHERE name = \'" + {b} + "\'"\n{t}.execute({q})', [OPEN + '{q} = "SELECT * FROM users WHERE name = ?"\n{t}.execute({q}, ({b},))'], SQLITE),
    sink("sql", "execute-f", OPEN + "{t}.execute(f\"SELECT * FROM users WHERE name = '{{{b}}}'\")", [OPEN + "{t}.execute(\"SELECT * FROM users WHERE name = :name\", {{\"name\": {b}}})", OPEN + "{t}.execute(f\"SELECT * FROM users WHERE id = {{int({b})}}\")"], SQLITE),
    sink("sql", "execute-percent", OPEN + '{t}.execute("SELECT * FROM users WHERE name = \'%s\'" % {b})', [OPEN + '{t}.execute("SELECT * FROM users WHERE name = \'%s\'" % "fixed")'], SQLITE),
    sink("sql", "execute-format", OPEN + '{t}.execute("SELECT * FROM users WHERE name = \'{{}}\'".format({b}))', [OPEN + '{t}.execute("SELECT * FROM {{}} WHERE name = ?".format("users"), [{b}])'], SQLITE),
    sink("sql", "executescript", OPEN + "{t}.executescript(\"DELETE FROM t WHERE a='\" + {b} + \"'\")", [OPEN + "{t}.executemany(\"INSERT INTO t VALUES (?)\", [({b},)])"], SQLITE),
    sink("sql", "connection-execute", 'with sqlite3.connect("app.db") as {s}:\n    {s}.execute("UPDATE t SET a = \'" + {b} + "\'")', ['with sqlite3.connect("app.db") as {s}:\n    {s}.execute("UPDATE t SET a = ?", [{b}])'], SQLITE),
    sink("sql", "order-by", OPEN + '{t}.execute("SELECT a FROM t ORDER BY " + {b})', [OPEN + '{u} = {b} if {b} in ("a", "c") else "a"\n{t}.execute("SELECT a FROM t ORDER BY " + {u})', OPEN + 'if {b} not in ["a", "c"]:\n    raise ValueError("no such column")\n{t}.execute("SELECT a FROM t ORDER BY " + {b})'], SQLITE),
    sink("sql", "psycopg2", '{s} = psycopg2.connect("dbname=app")\n{t} = {s}.cursor()\n{t}.execute("SELECT * FROM users WHERE name = \'" + {b} + "\'")', ['{s} = psycopg2.connect("dbname=app")\nwith {s}.cursor() as {t}:\n    {t}.execute("SELECT * FROM users WHERE name = %s", ({b},))', '{s} = psycopg2.connect("dbname=app")\nwith {s}.cursor() as {t}:\n    {t}.execute(psycopg2.sql.SQL("SELECT {{}} FROM users").format(psycopg2.sql.Identifier({b})))'], ["import psycopg2", "import psycopg2.sql"]),
    sink("sql", "sqlalchemy-text", '{s} = create_engine("sqlite://")\nwith {s}.connect() as {t}:\n    {t}.execute(text("SELECT * FROM users WHERE name = \'" + {b} + "\'"))', ['{s} = create_engine("sqlite://")\nwith {s}.connect() as {t}:\n    {t}.execute(text("SELECT * FROM users WHERE name = :name"), {{"name": {b}}})'], ["from sqlalchemy import create_engine, text"]),
    sink("sql", "django-raw", "{t} = User.objects.raw(\"SELECT * FROM auth_user WHERE username = '%s'\" % {b})", ['{t} = User.objects.raw("SELECT * FROM auth_user WHERE username = %s", [{b}])', "{t} = User.objects.filter(username={b})"], ["from django.contrib.auth.models import User"]),
    sink("sql", "django-cursor", "with connection.cursor() as {t}:\n    {t}.execute(f\"SELECT * FROM t WHERE a = '{{{b}}}'\")", ['with connection.cursor() as {t}:\n    {t}.execute("SELECT * FROM t WHERE a = %s", [{b}])'], ["from django.db import connection"]),
    sink("sql", "django-extra", '{t} = User.objects.extra(where=["username = \'" + {b} + "\'"])', ['{t} = User.objects.extra(where=["username = %s"], params=[{b}])'], ["from django.contrib.auth.models import User"]),
    sink("sql", "rawsql", "{t} = User.objects.annotate(x=RawSQL(\"SELECT \" + {b}, []))", ['{t} = User.objects.annotate(x=RawSQL("SELECT a FROM t WHERE c = %s", [{b}]))'], ["from django.contrib.auth.models import User", "from django.db.models.expressions import RawSQL"]),
    sink("sql", "pymysql", '{s} = pymysql.connect(host="db")\n{t} = {s}.cursor()\n{q} = "SELECT * FROM users WHERE name = \'%s\'" % ({b},)\n{t}.execute({q})', ['{s} = pymysql.connect(host="db")\n{t} = {s}.cursor()\n{q} = "SELECT * FROM users WHERE name = %s"\n{t}.execute({q}, ({b},))'], ["import pymysql"]),
    sink("sql", "pandas", "{t} = pandas.read_sql(\"SELECT * FROM t WHERE a = '\" + {b} + \"'\", sqlite3.connect(\"app.db\"))", ['{t} = pandas.read_sql("SELECT * FROM t WHERE a = ?", sqlite3.connect("app.db"), params=[{b}])'], SQLITE + ["import pandas"]),
    sink("command", "os.system", 'os.system("ls " + {b})', ['subprocess.run(["ls", {b}])', 'os.system("ls " + shlex.quote({b}))', 'os.system("ls -l")'], ["import os", "import shlex", "import subprocess"]),
    sink("command", "popen", '{t} = os.popen(f"echo {{{b}}}").read()', ['{t} = os.popen("echo {{}}".format(shlex.quote({b}))).read()'], ["import os", "import shlex"]),
    sink("command", "run-shell", 'subprocess.run("ping -c 1 " + {b}, shell=True, capture_output=True)', ['subprocess.run(["ping", "-c", "1", {b}], capture_output=True)', 'subprocess.run("uptime", shell=True)'], ["import subprocess"]),
    sink("command", "run-shell-variable", '{t} = "ping -c 1 {{}}".format({b})\n{u} = True\nsubprocess.run({t}, shell={u}, check=True)', ['{t} = "ping -c 1 {{}}".format("fixed")\nsubprocess.run({t}, shell=True)'], ["import subprocess"]),
    sink("command", "sh-c", 'subprocess.check_output(["sh", "-c", "echo " + {b}])', ['subprocess.check_output(["echo", {b}])', 'subprocess.check_output(["sh", "-c", "echo \\"$1\\"", "sh", {b}])'], ["import subprocess"]),
    sink("command", "sh-c-list", '{t} = []\n{u} = "sh"\n{q} = "-c"\n{t}.append({u})\n{t}.append({q})\n{t}.append("echo " + {b})\n{s} = subprocess.Popen({t}, stdout=subprocess.PIPE)', ['{t} = []\n{t}.append("echo")\n{t}.append({b})\n{s} = subprocess.Popen({t}, stdout=subprocess.PIPE)'], ["import subprocess"]),
    sink("command", "sh-c-platform", '{t} = "cmd.exe" if sys.platform == "win32" else "sh"\n{u} = "/c" if sys.platform == "win32" else "-c"\nsubprocess.run([{t}, {u}, "echo " + {b}])', ['{t} = "dir" if sys.platform == "win32" else "ls"\nsubprocess.run([{t}, {b}])'], ["import subprocess", "import sys"]),
    sink("command", "getoutput", '{t} = subprocess.getoutput("host " + {b})', ['{t} = subprocess.check_output(["host", {b}])'], ["import subprocess"]),
    sink("command", "program", "subprocess.call([{b}, \"--version\"])", ['subprocess.call(["tool", "--version", {b}])'], ["import subprocess"]),
    sink("command", "execv", '{t} = ["sh", "-c", {b}]\nos.execvp("sh", {t})', ['os.execvp("true", ["true"])'], ["import os"]),
    sink("command", "ssh", '{t} = paramiko.SSHClient()\n{t}.connect("host")\n{t}.exec_command("ls " + {b})', ['{t} = paramiko.SSHClient()\n{t}.connect("host")\n{t}.exec_command("ls " + shlex.quote({b}))'], ["import paramiko", "import shlex"]),
    sink("command", "popen-class", '{t} = subprocess.Popen("cat " + {b}, shell=True, stdout=subprocess.PIPE)\n{t}.communicate()', ['{t} = subprocess.Popen(["cat"], stdin=subprocess.PIPE)\n{t}.communicate(input={b}.encode())'], ["import subprocess"]),
    sink("code", "eval", "{t} = eval({b})", ["{t} = ast.literal_eval({b})", '{t} = eval("1 + 1")'], ["import ast"]),
    sink("code", "exec", "exec({b})", ['exec("x = 1")'], []),
    sink("code", "exec-f", 'exec(f"x = {{{b}}}", {{}})', ['exec("x = y", {{"y": {b}}})'], []),
    sink("code", "exec-quoted", "if not {b}.startswith(\"'\") or not {b}.endswith(\"'\"):\n    {t} = \"x\"\nelse:\n    {t} = {b}\nexec(\"y = \" + {t})", ["if not {b}.startswith(\"'\") or not {b}.endswith(\"'\") or \"'\" in {b}[1:-1]:\n    {t} = \"'x'\"\nelse:\n    {t} = {b}\nexec(\"y = \" + {t})"], []),
    sink("code", "compile", '{t} = compile({b}, "<x>", "exec")\nexec({t})', ['{t} = compile("1 + 1", "<x>", "eval")\neval({t})'], []),
    sink("code", "import", "{t} = importlib.import_module({b})", ['{t} = importlib.import_module("json")', '{t} = importlib.import_module({b} if {b} in {{"json", "csv"}} else "json")'], ["import importlib"]),
    sink("code", "eval-format", '{t} = eval("{{}} + 1".format({b}))', ['{t} = eval("{{}} + 1".format(int({b})))'], []),
    sink("path", "open", '{t} = open({b}).read()', ['{t} = open(os.path.basename({b})).read()', '{t} = open(os.path.join("/srv/files", secure_filename({b}))).read()'], ["import os", "from werkzeug.utils import secure_filename"]),
    sink("path", "open-join", '{u} = os.path.join("/srv/files", {b})\nwith open({u}, "rb") as {t}:\n    {t}.read()', ['{u} = os.path.realpath(os.path.join("/srv/files", {b}))\nif not {u}.startswith("/srv/files/"):\n    raise ValueError("outside")\nwith open({u}, "rb") as {t}:\n    {t}.read()', '{u} = os.path.abspath(os.path.join("/srv/files", {b}))\nif os.path.commonpath(["/srv/files", {u}]) != "/srv/files":\n    raise ValueError("outside")\nwith open({u}, "rb") as {t}:\n    {t}.read()'], ["import os"]),
    sink("path", "open-f", '{u} = f"/srv/files/{{{b}}}"\n{t} = open({u}, "w")\n{t}.write("x")\n{t}.close()', ['if "../" in {b}:\n    raise ValueError("outside")\n{u} = f"/srv/files/{{{b}}}"\n{t} = open({u}, "w")\n{t}.close()', 'if ".." in {b} or "/" in {b}:\n    raise ValueError("outside")\n{u} = f"/srv/files/{{{b}}}"\n{t} = open({u}, "w")\n{t}.close()'], []),
    sink("path", "pathlib", '{u} = pathlib.Path("/srv/files") / {b}\n{t} = {u}.read_text()', ['{u} = (pathlib.Path("/srv/files") / {b}).resolve()\nif not {u}.is_relative_to("/srv/files"):\n    raise ValueError("outside")\n{t} = {u}.read_text()', '{u} = pathlib.Path("/srv/files") / pathlib.Path({b}).name\n{t} = {u}.read_text()', '{s} = pathlib.Path("/srv/files").resolve()\n{u} = ({s} / {b}).resolve()\nif {s} not in {u}.parents:\n    raise ValueError("outside")\n{t} = {u}.read_text()'], ["import pathlib"]),
    sink("path", "pathlib-open", '{u} = pathlib.Path("/srv") / "files" / {b}\nwith {u}.open() as {t}:\n    {t}.read()', ['{u} = pathlib.Path("/srv") / "files" / "fixed.txt"\nwith {u}.open() as {t}:\n    {t}.read()', '{u} = pathlib.Path("/srv/files", {b}).resolve()\nif not str({u}).startswith("/srv/files/"):\n    raise ValueError("outside")\nwith {u}.open() as {t}:\n    {t}.read()'], ["import pathlib"]),
    sink("path", "codecs", '{t} = codecs.open("/srv/files/" + {b}, "r", "utf-8")', ['{t} = codecs.open("/srv/files/" + {b}.replace("/", "_").replace("..", ""), "r", "utf-8")'], ["import codecs"]),
    sink("path", "remove", 'os.remove("/srv/files/" + {b})', ['os.remove("/srv/files/fixed")'], ["import os"]),
    sink("path", "rmtree", 'shutil.rmtree(os.path.join("/srv", {b}))', ['shutil.rmtree(os.path.join("/srv", os.path.basename({b})))'], ["import os", "import shutil"]),
    sink("path", "copy", 'shutil.copy("/srv/a", "/srv/" + {b})', ['shutil.copy("/srv/a", "/srv/b")'], ["import shutil"]),
    sink("path", "os.open", '{t} = os.open("/srv/" + {b}, os.O_RDONLY)', ['{t} = os.open("/srv/fixed", os.O_RDONLY)'], ["import os"]),
    sink("path", "listdir", '{t} = os.listdir("/srv/" + {b})', ['{t} = os.listdir("/srv/" + str(int({b})))'], ["import os"]),
    sink("path", "exists-open", '{u} = "/srv/files/" + {b}\nif os.path.exists({u}):\n    {t} = open({u}).read()', ['{u} = "/srv/files/" + {b}\n{t} = os.path.exists("/srv/files")'], ["import os"]),
    sink("path", "try-open", 'try:\n    {t} = open("/srv/files/" + {b}, "rb")\n    {t}.read(1000)\nexcept FileNotFoundError:\n    pass\nfinally:\n    pass', ['try:\n    {t} = open("/srv/files/fixed", "rb")\n    {t}.read(1000)\nexcept FileNotFoundError:\n    pass'], []),
    sink("ldap", "ldap3", '{s} = ldap3.Server("ldap://host")\n{t} = ldap3.Connection({s}, auto_bind=True)\n{t}.search("dc=example", "(uid=" + {b} + ")", attributes=["cn"])', ['{s} = ldap3.Server("ldap://host")\n{t} = ldap3.Connection({s}, auto_bind=True)\n{t}.search("dc=example", "(uid=" + escape_filter_chars({b}) + ")", attributes=["cn"])', '{s} = ldap3.Server("ldap://host")\n{t} = ldap3.Connection({s}, auto_bind=True)\n{t}.search("dc=example", "(uid=fixed)", attributes=["cn"])'], ["import ldap3", "from ldap3.utils.conv import escape_filter_chars"]),
    sink("ldap", "ldap3-filter", '{s} = ldap3.Server("ldap://host")\n{t} = ldap3.Connection({s})\n{q} = f"(&(objectclass=person)(|(uid={{{b}}})(street=x)))"\n{t}.search("ou=users", {q})', ['{s} = ldap3.Server("ldap://host")\n{t} = ldap3.Connection({s})\n{q} = f"(&(objectclass=person)(|(uid={{escape_filter_chars({b})}})(street=x)))"\n{t}.search("ou=users", {q})'], ["import ldap3", "from ldap3.utils.conv import escape_filter_chars"]),
    sink("ldap", "ldap3-with", 'with ldap3.Connection(ldap3.Server("host"), auto_bind=True) as {t}:\n    {t}.search(search_base="ou=" + {b}, search_filter="(a=b)")', ['with ldap3.Connection(ldap3.Server("host"), auto_bind=True) as {t}:\n    {t}.search(search_base="ou=" + escape_rdn({b}), search_filter="(a=b)")'], ["import ldap3", "from ldap3.utils.dn import escape_rdn"]),
    sink("ldap", "python-ldap", '{t} = ldap.initialize("ldap://host")\n{t}.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=%s)" % {b})', ['{t} = ldap.initialize("ldap://host")\n{t}.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=%s)" % ldap.filter.escape_filter_chars({b}))', '{t} = ldap.initialize("ldap://host")\n{t}.search_s("dc=example", ldap.SCOPE_SUBTREE, ldap.filter.filter_format("(uid=%s)", [{b}]))'], ["import ldap", "import ldap.filter"]),
    sink("xpath", "lxml-xpath", '{s} = lxml.etree.parse("users.xml")\n{t} = {s}.xpath("//user[@name=\'" + {b} + "\']")', ['{s} = lxml.etree.parse("users.xml")\n{t} = {s}.xpath("//user[@name=$name]", name={b})', '{s} = lxml.etree.parse("users.xml")\n{t} = {s}.xpath("//user[@name=\'" + {b}.replace("\'", "&apos;") + "\']")', '{s} = lxml.etree.parse("users.xml")\nif "\'" in {b}:\n    raise ValueError("no quotes")\n{t} = {s}.xpath("//user[@name=\'" + {b} + "\']")'], ["import lxml.etree"]),
    sink("xpath", "lxml-find", '{s} = lxml.etree.parse("users.xml").getroot()\n{t} = {s}.findall(f".//user[@name=\'{{{b}}}\']")', ['{s} = lxml.etree.parse("users.xml").getroot()\n{t} = {s}.findall(".//user")'], ["import lxml.etree"]),
    sink("xpath", "etree-find", '{s} = xml.etree.ElementTree.parse("users.xml")\n{u} = {s}.getroot()\n{t} = {u}.find(f"./user[@name=\'{{{b}}}\']")', ['{s} = xml.etree.ElementTree.parse("users.xml")\n{u} = {s}.getroot()\n{t} = [x for x in {u}.findall("./user") if x.get("name") == {b}]'], ["import xml.etree.ElementTree"]),
    sink("xpath", "elementpath", '{s} = xml.etree.ElementTree.parse("users.xml")\n{t} = elementpath.select({s}, f"/users/user[@name=\'{{{b}}}\']")', ['{s} = xml.etree.ElementTree.parse("users.xml")\n{t} = elementpath.select({s}, "/users/user[@name=$n]", variables={{"n": {b}}})', '{s} = xml.etree.ElementTree.parse("users.xml")\n{u} = {b}.replace("\'", "&apos;")\n{t} = elementpath.select({s}, f"/users/user[@name=\'{{{u}}}\']")'], ["import xml.etree.ElementTree", "import elementpath"]),
    sink("xpath", "XPath", '{u} = lxml.etree.XPath("//user[@id=" + {b} + "]")\n{t} = {u}(lxml.etree.parse("users.xml"))', ['{u} = lxml.etree.XPath("//user[@id=$id]")\n{t} = {u}(lxml.etree.parse("users.xml"), id={b})'], ["import lxml.etree"]),
    sink("xxe", "lxml-fromstring", "{u} = lxml.etree.XMLParser(resolve_entities=True)\n{t} = lxml.etree.fromstring({b}, {u})", ["{u} = lxml.etree.XMLParser(resolve_entities=False)\n{t} = lxml.etree.fromstring({b}, {u})", "{t} = defusedxml.ElementTree.fromstring({b})", "{t} = xml.etree.ElementTree.fromstring({b})"], ["import lxml.etree", "import defusedxml.ElementTree", "import xml.etree.ElementTree"]),
    sink("xxe", "lxml-keyword", "{t} = lxml.etree.fromstring({b}.encode(), parser=lxml.etree.XMLParser(resolve_entities=True, no_network=False))", ["{t} = lxml.etree.fromstring({b}.encode(), parser=lxml.etree.XMLParser(resolve_entities=False, no_network=True))"], ["import lxml.etree"]),
    sink("xxe", "sax", "{u} = xml.sax.make_parser()\n{u}.setFeature(xml.sax.handler.feature_external_ges, True)\n{u}.parse(io.StringIO({b}))", ["{u} = xml.sax.make_parser()\n{u}.setFeature(xml.sax.handler.feature_external_ges, False)\n{u}.parse(io.StringIO({b}))", "{u} = xml.sax.make_parser()\n{u}.parse(io.StringIO({b}))"], ["import io", "import xml.sax", "import xml.sax.handler"]),
    sink("xxe", "minidom", "{u} = xml.sax.make_parser()\n{u}.setFeature(xml.sax.handler.feature_external_ges, True)\n{t} = xml.dom.minidom.parseString({b}, {u})", ["{u} = xml.sax.make_parser()\n{u}.setFeature(xml.sax.handler.feature_external_ges, False)\n{t} = xml.dom.minidom.parseString({b}, {u})", "{t} = xml.dom.minidom.parseString({b})"], ["import xml.dom.minidom", "import xml.sax", "import xml.sax.handler"]),
    sink("xxe", "pulldom", "{u} = xml.sax.make_parser()\n{u}.setFeature(xml.sax.handler.feature_external_ges, True)\n{t} = xml.dom.pulldom.parseString({b}, parser={u})\nfor {s}, {q} in {t}:\n    pass", ["{t} = xml.dom.pulldom.parseString({b})\nfor {s}, {q} in {t}:\n    pass"], ["import xml.dom.pulldom", "import xml.sax", "import xml.sax.handler"]),
    sink("deserialisation", "pickle", "{t} = pickle.loads({b}.encode())", ["{t} = json.loads({b})", '{t} = pickle.loads(pickle.dumps({b}))'], ["import json", "import pickle"]),
    sink("deserialisation", "pickle-base64", "{t} = pickle.loads(base64.urlsafe_b64decode({b}))", ["{t} = base64.urlsafe_b64decode({b})", '{t} = pickle.loads(base64.b64decode("gASVAAAAAA=="))'], ["import base64", "import pickle"]),
    sink("deserialisation", "pickle-io", "{t} = pickle.load(io.BytesIO({b}.encode()))", ["{t} = io.BytesIO({b}.encode()).read()"], ["import io", "import pickle"]),
    sink("deserialisation", "yaml.load", "{t} = yaml.load({b}, Loader=yaml.Loader)", ["{t} = yaml.load({b}, Loader=yaml.SafeLoader)", "{t} = yaml.safe_load({b})"], ["import yaml"]),
    sink("deserialisation", "yaml-unsafe", "{t} = yaml.load({b}, yaml.UnsafeLoader)", ["{t} = yaml.load({b}, yaml.CSafeLoader)"], ["import yaml"]),
    sink("deserialisation", "marshal", "{t} = marshal.loads({b}.encode())", ['{t} = marshal.loads(marshal.dumps([1, 2]))'], ["import marshal"]),
    sink("deserialisation", "jsonpickle", "{t} = jsonpickle.decode({b})", ["{t} = jsonpickle.encode({b})"], ["import jsonpickle"]),
    sink("deserialisation", "dill", "{t} = dill.loads(bytes.fromhex({b}))", ["{t} = bytes.fromhex({b})"], ["import dill"]),
    sink("ssrf", "requests.get", "{t} = requests.get({b}, timeout=5)", ['{t} = requests.get("https://api.example.org/items", params={{"q": {b}}}, timeout=5)', '{t} = requests.get("https://api.example.org/items/" + {b}, timeout=5)', '{u} = urllib.parse.urlparse({b})\nif {u}.hostname not in ("a.example.org", "b.example.org"):\n    raise ValueError("no such host")\n{t} = requests.get({b}, timeout=5)'], ["import requests", "import urllib.parse"]),
    sink("ssrf", "requests-f", '{t} = requests.post(f"http://{{{b}}}/api", json={{}}, timeout=5)', ['{t} = requests.post("http://internal/api", json={{"x": {b}}}, timeout=5)'], ["import requests"]),
    sink("ssrf", "session", '{u} = requests.Session()\n{t} = {u}.get("http://" + {b}, timeout=5)', ['{u} = requests.Session()\n{t} = {u}.get("http://host.example.org/" + {b}, timeout=5)'], ["import requests"]),
    sink("ssrf", "urlopen", "{t} = urllib.request.urlopen({b}, timeout=5).read()", ['{t} = urllib.request.urlopen("https://host.example.org/" + urllib.parse.quote({b}), timeout=5).read()'], ["import urllib.request", "import urllib.parse"]),
    sink("ssrf", "urlopen-request", "{u} = urllib.request.Request({b})\n{t} = urllib.request.urlopen({u}, timeout=5)", ['{u} = urllib.request.Request("https://host.example.org/", data={b}.encode())\n{t} = urllib.request.urlopen({u}, timeout=5)'], ["import urllib.request"]),
    sink("ssrf", "httpx", "{t} = httpx.get({b})", ['{t} = httpx.get("https://host.example.org", headers={{"X": {b}}})'], ["import httpx"]),
    sink("ssrf", "http.client", '{u} = http.client.HTTPSConnection({b})\n{u}.request("GET", "/")', ['{u} = http.client.HTTPSConnection("host.example.org")\n{u}.request("GET", "/")'], ["import http.client"]),
    sink("ssrf", "urllib3", '{u} = urllib3.PoolManager()\n{t} = {u}.request("GET", {b})', ['{u} = urllib3.PoolManager()\n{t} = {u}.request("GET", "https://host.example.org", fields={{"q": {b}}})'], ["import urllib3"]),
    sink("template", "jinja2", "{t} = jinja2.Template({b}).render()", ['{t} = jinja2.Template("{{{{ x }}}}", autoescape=True).render(x={b})'], ["import jinja2"]),
    sink("template", "from_string", '{u} = jinja2.Environment(autoescape=True)\n{t} = {u}.from_string("<p>" + {b}).render()', ['{u} = jinja2.Environment(autoescape=True)\n{t} = {u}.from_string("<p>{{{{ x }}}}").render(x={b})'], ["import jinja2"]),
    sink("template", "mako", "{t} = mako.template.Template({b}, default_filters=[\"h\"]).render()", ['{t} = mako.template.Template("${{x}}", default_filters=["h"]).render(x={b})'], ["import mako.template"]),
    sink("template", "render_template_string", 'return render_template_string("<p>" + {b} + "</p>")', ['return render_template_string("<p>{{{{ x }}}}</p>", x={b})'], ["from flask import render_template_string"], answers=True, only=["flask"]),
    sink("nosql", "where", '{s} = pymongo.MongoClient()\n{t} = {s}.app.users.find_one({{"$where": "this.name == \'" + {b} + "\'"}})', ['{s} = pymongo.MongoClient()\n{t} = {s}.app.users.find_one({{"name": str({b})}})'], ["import pymongo"]),
    sink("regex", "compile", "{t} = re.compile({b})", ["{t} = re.compile(re.escape({b}))", '{t} = re.compile("[a-z]+")'], ["import re"]),
    sink("regex", "search", '{t} = re.search({b}, "some text")', ['{t} = re.search("[a-z]+", {b})'], ["import re"]),
    sink("log", "info", 'logging.getLogger("app").info("user " + {b})', ['logging.getLogger("app").info("user " + {b}.replace("\\n", "").replace("\\r", ""))', 'logging.getLogger("app").info("user %r" % "fixed")'], ["import logging"]),
    sink("log", "logger", '{t} = logging.getLogger(__name__)\n{t}.warning(f"failed: {{{b}}}")', ['{t} = logging.getLogger(__name__)\n{t}.warning("failed")', '{t} = logging.getLogger(__name__)\n{t}.warning(f"failed: {{int({b})}}")'], ["import logging"]),
    sink("hash", "md5", '{t} = hashlib.md5()\n{t}.update({b}.encode())\n{u} = {t}.hexdigest()\nwith open("/srv/passwords", "a") as {s}:\n    {s}.write("hash_value=" + {u})', ['{t} = hashlib.sha512()\n{t}.update({b}.encode())\n{u} = {t}.hexdigest()\nwith open("/srv/passwords", "a") as {s}:\n    {s}.write("hash_value=" + {u})'], ["import hashlib"], always=True),
    sink("hash", "sha1", '{u} = hashlib.sha1({b}.encode()).digest()\nwith open("/srv/passwords", "ab") as {s}:\n    {s}.write({u})', ['{u} = hashlib.sha256({b}.encode()).digest()\nwith open("/srv/passwords", "ab") as {s}:\n    {s}.write({u})'], ["import hashlib"], always=True),
    sink("hash", "new", '{q} = "md5"\n{t} = hashlib.new({q})\n{t}.update({b}.encode())\n{u} = {t}.hexdigest()', ['{q} = "sha512"\n{t} = hashlib.new({q})\n{t}.update({b}.encode())\n{u} = {t}.hexdigest()', '{q} = "md5"\n{q} = "sha384"\n{t} = hashlib.new({q})\n{t}.update({b}.encode())'], ["import hashlib"], always=True),
    sink("hash", "new-function", '{t} = hashlib.new({s}_algorithm())\n{t}.update({b}.encode())', ['{t} = hashlib.new({s}_algorithm() + "256")\n{t}.update({b}.encode())'], ["import hashlib"], always=True, before='def {s}_algorithm():\n    return "sha"'),
    sink("hash", "constructor", '{q} = hashlib.md5\n{t} = {q}({b}.encode()).hexdigest()\n{u} = {{"password": {t}}}', ['{q} = hashlib.sha3_256\n{t} = {q}({b}.encode()).hexdigest()\n{u} = {{"password": {t}}}'], ["import hashlib"], always=True),
    sink("hash", "from-import", '{t} = md5({b}.encode("utf-8"))\n{u} = {t}.digest()', ['{t} = blake2b({b}.encode("utf-8"))\n{u} = {t}.digest()'], ["from hashlib import md5, blake2b"], always=True),
    sink("cipher", "des", '{t} = DES.new(b"8bytekey", DES.MODE_ECB)\n{u} = {t}.encrypt({b}.encode())', ['{t} = AES.new(os.urandom(32), AES.MODE_GCM)\n{u} = {t}.encrypt({b}.encode())'], ["import os", "from Crypto.Cipher import AES, DES"], always=True),
    sink("cipher", "arc4", '{t} = Cipher(algorithms.ARC4(os.urandom(16)), mode=None)\n{u} = {t}.encryptor()', ['{t} = Cipher(algorithms.AES(os.urandom(32)), modes.GCM(os.urandom(12)))\n{u} = {t}.encryptor()'], ["import os", "from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes"], always=True),
    sink("cipher", "ecb", '{t} = Cipher(algorithms.AES(os.urandom(32)), modes.ECB())\n{u} = {t}.encryptor()', ['{t} = Cipher(algorithms.AES(os.urandom(32)), modes.CBC(os.urandom(16)))\n{u} = {t}.encryptor()'], ["import os", "from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes"], always=True),
]

RANDOM_VALUES = [
    ("random", "str(random.random())[2:]", "secrets.token_hex(16)"),
    ("randint", "str(random.randint(0, 2**32))", "str(secrets.randbelow(2**32))"),
    ("randbytes", "random.randbytes(32).hex()", "os.urandom(32).hex()"),
    ("getrandbits", "str(random.getrandbits(64))", "str(random.SystemRandom().getrandbits(64))"),
    ("uniform", "str(random.uniform(0.0, 10.0))", "str(random.SystemRandom().uniform(0.0, 10.0))"),
    ("choice", '"".join(random.choice("abcdef") for _ in range(12))', '"".join(secrets.choice("abcdef") for _ in range(12))'),
    ("choices", '"".join(random.choices("abcdef", k=12))', '"".join(random.SystemRandom().choices("abcdef", k=12))'),
    ("normalvariate", "str(random.normalvariate(0.0, 1.0))[2:]", "str(random.SystemRandom().normalvariate(0.0, 1.0))[2:]"),
    ("sample", '"".join(random.sample("abcdefgh", 6))', "secrets.token_urlsafe(8)"),
    ("instance", "str(random.Random().random())", "str(random.SystemRandom().random())"),
]
RANDOM_IMPORTS = ["import os", "import random", "import secrets"]


def of(framework):
    """All sinks, those of the framework included."""
    found = [s for s in SINKS if not s["only"] or framework in s["only"]]
    for form in range(3):
        for name, expr, safe in [
            ("page", '"<p>" + {b} + "</p>"', ['"<p>" + html.escape({b}) + "</p>"', '"<p>" + markupsafe.escape({b}) + "</p>"', '"<p>fixed</p>"']),
            ("bare", "{b}", ["html.escape({b})", "str(markupsafe.escape({b}))"]),
            ("page-f", 'f"<p>{{{b}}}</p>"', ['f"<p>{{html.escape({b})}}</p>"', 'f"<p>{{len({b})}}</p>"']),
            ("page-format", '"<p>{{}}</p>".format({b})', ['"<p>{{}}</p>".format(html.escape({b}))', '"<p>{{}}</p>".format(int({b}))']),
        ]:
            clean = ["\n".join(fw.page(framework, twin, form)) for twin in safe] + ["\n".join(fw.plain(framework, expr))]
            found.append(sink("xss", f"{name}-{form}", "\n".join(fw.page(framework, expr, form)), clean, ["import html", "import markupsafe"], answers=True, needs=framework == "tornado"))
    guarded = [
        '{u} = urllib.parse.urlparse({b})\nif {u}.netloc not in ("a.example.org", "b.example.org"):\n    raise ValueError("elsewhere")\n' + "\n".join(fw.sends(framework, "{b}")),
        "\n".join(fw.sends(framework, '"/items/" + {b}')),
        "\n".join(fw.sends(framework, '"https://a.example.org/items?x=" + {b}')),
        "\n".join(fw.sends(framework, '"/fixed"')),
        'if not {b}.startswith("/") or {b}.startswith("//"):\n    raise ValueError("elsewhere")\n' + "\n".join(fw.sends(framework, "{b}")),
        '{u} = {b} if {b} in {{"/a", "/c"}} else "/a"\n' + "\n".join(fw.sends(framework, "{u}")),
        '{u} = urllib.parse.urlparse({b})\nif {u}.scheme or {u}.netloc:\n    raise ValueError("elsewhere")\n' + "\n".join(fw.sends(framework, "{b}")),
    ]
    for name, expr in [("redirect", "{b}"), ("redirect-f", 'f"https://{{{b}}}"'), ("redirect-prefix", '"//" + {b}')]:
        found.append(sink("redirect", name, "\n".join(fw.sends(framework, expr)), guarded, ["import urllib.parse"], answers=True, needs=framework == "tornado"))
    if fw.remembers(framework, '"x"', "y"):
        for name, key, value, safe_key, safe_value in [
            ("session-value", '"user"', "{b}", '"user"', '"fixed"'),
            ("session-key", "{b}", '"12345"', '"fixed"', '"12345"'),
        ]:
            found.append(sink("trust", name, "\n".join(fw.remembers(framework, key, value)), ["\n".join(fw.remembers(framework, safe_key, safe_value))], answers=True, needs=framework != "flask"))
    if fw.sets_cookie(framework, "x", ""):
        for name, bad, good in [
            ("flag-false", ", secure=False, httponly=True", ", secure=True, httponly=True"),
            ("flag-missing", ", httponly=True", ", httponly=True, secure=True, samesite='Lax'"),
            ("flag-variable", ", path='/', max_age=180, secure=False", ", path='/', max_age=180, secure=True"),
        ]:
            found.append(sink("cookie", name, "\n".join(fw.sets_cookie(framework, '"fixed"', bad)), ["\n".join(fw.sets_cookie(framework, '"fixed"', good))], answers=True, always=True))
        for name, bad, good in RANDOM_VALUES:
            found.append(sink("random", "cookie-" + name, "{t}_v = " + bad + "\n" + "\n".join(fw.sets_cookie(framework, "{t}_v", ", secure=True, httponly=True")), ["{t}_v = " + good + "\n" + "\n".join(fw.sets_cookie(framework, "{t}_v", ", secure=True, httponly=True"))], RANDOM_IMPORTS, answers=True, always=True))
    for name, bad, good in RANDOM_VALUES:
        for use in ["token = {x}", "{t} = {{}}\n{t}['session_id'] = {x}", "password_{t} = {x}"]:
            found.append(sink("random", "name-" + name, use.replace("{x}", bad), [use.replace("{x}", good)], RANDOM_IMPORTS, always=True))
    return found
