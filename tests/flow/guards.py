# --- allow-list with return
from flask import request
import os
ALLOWED = ["a", "b"]
def view():
    x = request.args["q"]
    if x not in ALLOWED:
        return "no"
    os.system(x)
# --- allow-list positive
from flask import request
import os
def view():
    x = request.args["q"]
    if x in ("a", "b"):
        os.system(x)
    os.system(x)  # bad: command-injection
# --- allow-list with abort
from flask import request, abort
import os
def view():
    x = request.args["q"]
    if x not in {"a", "b"}:
        abort(400)
    os.system(x)
# --- allow-list by a function
from flask import request
import os
def allowed(x):
    if x in ("a", "b"):
        return True
    return False
def view():
    x = request.args["q"]
    if not allowed(x):
        return "no"
    os.system(x)
# --- check that raises
from flask import request
import os
def check(x):
    if x not in ("a", "b"):
        raise ValueError(x)
def view():
    x = request.args["q"]
    check(x)
    os.system(x)
# --- a flag
from flask import request
import os
def view():
    x = request.args["q"]
    ok = False
    if x in ("a", "b"):
        ok = True
    if ok:
        os.system(x)
# --- another variable is checked
from flask import request
import os
def view():
    x = request.args["q"]
    y = request.args["r"]
    if y not in ("a", "b"):
        return "no"
    os.system(x)  # bad: command-injection
# --- quote test for xpath
from flask import request
import lxml.etree
def view(root):
    x = request.args["q"]
    if "'" in x:
        return "no"
    root.xpath("//a[@b='" + x + "']")
# --- no quote test for xpath
from flask import request
import lxml.etree
def view(root):
    x = request.args["q"]
    root.xpath("//a[@b='" + x + "']")  # bad: xpath-injection
# --- quoted literal
from flask import request
def view():
    bar = request.args["q"]
    if not bar.startswith("'") or not bar.endswith("'") or "'" in bar[1:-1]:
        return "no"
    exec(bar)
# --- half quoted literal
from flask import request
def view():
    bar = request.args["q"]
    if not bar.startswith("'") or not bar.endswith("'"):
        return "no"
    exec(bar)  # bad: code-injection
# --- resolve and prefix
from flask import request
import pathlib
ROOT = "/srv/files"
def view():
    bar = request.args["q"]
    root = pathlib.Path(ROOT)
    p = (root / bar).resolve()
    if not str(p).startswith(str(root)):
        return "no"
    return p.read_text()
# --- prefix without resolve
from flask import request
import os
ROOT = "/srv/files"
def view():
    p = os.path.join(ROOT, request.args["q"])
    if not p.startswith(ROOT):
        return "no"
    open(p)  # bad: path-traversal
# --- realpath and commonpath
from flask import request
import os
ROOT = "/srv/files"
def view():
    p = os.path.realpath(os.path.join(ROOT, request.args["q"]))
    if os.path.commonpath([p, ROOT]) != ROOT:
        return "no"
    open(p)
# --- is_relative_to
from flask import request
from pathlib import Path
ROOT = Path("/srv/files").resolve()
def view():
    p = (ROOT / request.args["q"]).resolve()
    if not p.is_relative_to(ROOT):
        raise ValueError
    p.open()
# --- dot dot test
from flask import request
def view():
    x = request.args["q"]
    if "../" in x:
        return "no"
    open("/srv/" + x)
# --- netloc
from flask import request, redirect
from urllib.parse import urlparse
def view():
    url = request.args["q"]
    u = urlparse(url)
    if u.netloc not in ["example.org"] or u.scheme != "https":
        return "no"
    return redirect(url)
# --- no netloc test
from flask import request, redirect
from urllib.parse import urlparse
def view():
    url = request.args["q"]
    u = urlparse(url)
    if u.scheme != "https":
        return "no"
    return redirect(url)  # bad: open-redirect
# --- pattern
from flask import request
import os, re
def view():
    x = request.args["q"]
    if not re.fullmatch(r"[a-z0-9]+", x):
        return "no"
    os.system(x)
# --- loose pattern
from flask import request
import os, re
def view():
    x = request.args["q"]
    if not re.match(r"[a-z0-9]+", x):
        return "no"
    os.system(x)  # bad: command-injection
# --- digits
from flask import request
import os
def view():
    x = request.args["q"]
    if x.isdigit():
        os.system(x)
    else:
        os.system(x)  # bad: command-injection
# --- conversion in try
from flask import request
import os
def view():
    x = request.args["q"]
    try:
        int(x)
    except ValueError:
        return "no"
    os.system(x)
# --- extension only
from flask import request
import os
def view():
    x = request.args["q"]
    if x.rsplit(".", 1)[1] in ("txt", "md"):
        os.system(x)  # bad: command-injection
# --- choice
from flask import request
import os
def view():
    x = request.args["q"]
    y = x if x in ("a", "b") else "a"
    os.system(y)
# --- map of known values
from flask import request
import os
def view():
    m = {"a": "ls", "b": "ps"}
    os.system(m.get(request.args["q"], "ls"))
# --- django's own
from django.utils.http import url_has_allowed_host_and_scheme
from django.shortcuts import redirect
def view(request):
    url = request.GET.get("next")
    if url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return redirect(url)
    return redirect("/")
