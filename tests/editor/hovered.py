"""One spec in three notations, of which an editor explains each word."""

from __future__ import annotations

from tests.editor.servers import Kind

SPECS: dict[Kind, str] = {
    "yaml": """\
inputs: {image: {shape: [8, 8, 1]}}
blocks: {Own: {params: [size], layers: [{Dense: $size}]}}
layers:
  - Conv2D: {filters: 8, kernel_size: 3, activation: relu}
    name: first
  - Dense: {units: 4, kernel_regularizer: {L2: {l2: 0.1}}}
  - Own: {size: 3}
  - ops.relu6:
compile: {optimizer: {Adam: {learning_rate: 0.1}}, loss: mse}
""",
    "json": """\
{"inputs": {"image": {"shape": [8, 8, 1]}},
 "blocks": {"Own": {"params": ["size"], "layers": [{"Dense": "$size"}]}},
 "layers": [
  {"Conv2D": {"filters": 8, "kernel_size": 3, "activation": "relu"},
   "name": "first"},
  {"Dense": {"units": 4, "kernel_regularizer": {"L2": {"l2": 0.1}}}},
  {"Own": {"size": 3}},
  {"ops.relu6": null}],
 "compile": {"optimizer": {"Adam": {"learning_rate": 0.1}}, "loss": "mse"}}
""",
    "toml": """\
inputs = {image = {shape = [8, 8, 1]}}
blocks = {Own = {params = ["size"], layers = [{Dense = "$size"}]}}
layers = [
  {Conv2D = {filters = 8, kernel_size = 3, activation = "relu"}, name = "first"},
  {Dense = {units = 4, kernel_regularizer = {L2 = {l2 = 0.1}}}},
  {Own = {size = 3}},
  {"ops.relu6" = {}},
]
compile = {optimizer = {Adam = {learning_rate = 0.1}}, loss = "mse"}
""",
}
