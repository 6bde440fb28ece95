"""Serves a model file by llama.cpp until standard input ends. Prints {"address", "version"} as one line of JSON."""

import importlib.metadata
import json
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.model_alias = {sys.argv[2]}
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_ctx = 4096
params.n_parallel = 2
params.use_jinja = True
server = xllamacpp.Server(params)
version = importlib.metadata.version("xllamacpp")
print(json.dumps({"address": server.listening_address, "version": version}), flush=True)
sys.stdin.read()
