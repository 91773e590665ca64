"""Building of the IR of a model from its spec."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Collector, Diagnostic, Span
from scaffold.ir.hooks import Hook
from scaffold.ir.layer_names import JoinedNames, keras_names, names_of_outputs
from scaffold.ir.order import in_order
from scaffold.ir.steps import Scope, Steps
from scaffold.ir.types import (
    Bound,
    Graph,
    Imported,
    Input,
    ModelIR,
    Object,
    Parameter,
    Training,
    Value,
)
from scaffold.ir.values import Resolver
from scaffold.spec import Spec
from scaffold.spec import types as spec

DATA_KEYS = ("x", "y", "data", "predict")
"""Keys of `train` that are not arguments of `Model.fit`."""


class BuildResult(NamedTuple):
    """A model, and the findings from building it."""

    model: ModelIR
    diagnostics: tuple[Diagnostic, ...]


def build(described: Spec, catalogue: Catalogue) -> BuildResult:
    """Build the model that a spec describes.

    Unknown names stay in the model unresolved; the checks report them.

    Args:
        described: The spec.
        catalogue: The catalogue of Keras.

    Returns:
        The model, and findings about the parts that could not be built.
    """
    builder = _ModelBuilder(described, catalogue)
    model = builder.model()
    diagnostics = tuple(builder.collector.diagnostics)
    return BuildResult(
        model._replace(is_whole=model.is_whole and not diagnostics), diagnostics
    )


class _ModelBuilder:
    def __init__(self, described: Spec, catalogue: Catalogue) -> None:
        self.spec = described
        self.catalogue = catalogue
        self.collector = Collector()
        self.imports = tuple(Imported(*imported) for imported in described.imports)
        self.around = keras_names(described.layers)
        self.outputs = names_of_outputs(described.outputs)
        self.joined = JoinedNames(described)
        self.blocks: dict[str, Graph] = {}
        names = [param.name for param in described.params]
        self.resolver = Resolver(catalogue, names, self.imports, self.blocks)

    def model(self) -> ModelIR:
        described = self.spec
        blocks = self.make_blocks()
        inputs = tuple(
            self.input(number, model_input)
            for number, model_input in enumerate(described.inputs)
        )
        scope = Scope(
            name=described.name,
            name_span=described.name_span,
            description=described.description,
            params=self.params(described.params),
            inputs=inputs,
            entries=described.layers,
            entries_span=described.layers_span,
            outputs=described.outputs,
            is_block=False,
        )
        return ModelIR(
            graph=self.graph(scope, self.resolver, set()),
            path=described.span.path,
            imports=self.imports,
            blocks=blocks,
            compile=self.section(described.compile, "compile"),
            train=self.train(),
            is_whole=described.is_whole,
            hooks=tuple(
                Hook(str(hook.value), hook.span) for hook in described.override
            ),
        )

    def make_blocks(self) -> tuple[Graph, ...]:
        """Build the blocks, each after the blocks that it uses."""
        ordered = in_order(self.spec.blocks)
        self.collector.add(*ordered.diagnostics)
        for block in ordered.circular:
            # Calls of the block are still checked, so it exists without layers.
            self.blocks[block.name] = self.block(block._replace(layers=()))
        graphs = []
        for block in ordered.blocks:
            self.blocks[block.name] = self.block(block)
            graphs.append(self.blocks[block.name])
        return tuple(graphs)

    def block(self, block: spec.Block) -> Graph:
        """Build a block, in which the names of the model are not visible."""
        names = [param.name for param in block.params]
        resolver = Resolver(self.catalogue, names, self.imports, self.blocks)
        scope = Scope(
            name=block.name,
            name_span=block.span,
            description=block.description,
            params=self.params(block.params),
            inputs=tuple(
                Input(
                    number,
                    block_input.name,
                    block_input.is_named,
                    None,
                    (),
                    block_input.span,
                )
                for number, block_input in enumerate(block.inputs)
            ),
            entries=block.layers,
            entries_span=block.span,
            outputs=block.outputs,
            is_block=True,
        )
        return self.graph(scope, resolver, self.around)

    def graph(self, scope: Scope, resolver: Resolver, around: set[str]) -> Graph:
        """Build the graph of a scope; `around` are other names in the same model."""
        return Steps(
            scope, resolver, self.collector, around, self.outputs, self.joined
        ).graph()

    def params(self, params: Sequence[spec.Param]) -> tuple[Parameter, ...]:
        parameters = []
        # A default is a plain value, so params are not visible in it.
        resolver = Resolver(self.catalogue)
        for param in params:
            value = None
            if param.default is not None:
                value = self.collector.attempt(partial(resolver.value, param.default))
            parameters.append(
                Parameter(param.name, value, param.span, param.description)
            )
        return tuple(parameters)

    def input(self, number: int, model_input: spec.InputDeclaration) -> Input:
        shape = model_input.shape
        value = shape and self.collector.attempt(partial(self.resolver.value, shape))
        options = self.bound(model_input.options, "Input")
        return Input(
            number,
            model_input.name,
            model_input.is_named,
            value,
            options,
            model_input.span,
            model_input.shape_at,
        )

    def bound(
        self, arguments: Sequence[spec.CallArgument], method: str
    ) -> tuple[Bound, ...]:
        target = self.catalogue.find("methods", method)
        bound = self.collector.attempt(partial(self.resolver.bind, arguments, target))
        return bound or ()

    def section(self, section: spec.Section | None, method: str) -> Object | None:
        if section is None:
            return None
        return self.method(section.arguments, method, section.span)

    def method(
        self, arguments: Sequence[spec.CallArgument], method: str, span: Span
    ) -> Object:
        bound = self.bound(arguments, method)
        target = self.catalogue.find("methods", method)
        return Object(method, target, ("methods",), bound, span, span)

    def train(self) -> Training | None:
        section = self.spec.train
        if section is None:
            return None
        data: dict[str, Value | None] = {}
        fit_arguments = []
        for argument in section.arguments:
            if argument.keyword in DATA_KEYS:
                data[argument.keyword] = self.collector.attempt(
                    partial(self.resolver.value, argument.value)
                )
            else:
                fit_arguments.append(argument)
        return Training(
            x=data.get("x"),
            y=data.get("y"),
            data=data.get("data"),
            predict=data.get("predict"),
            fit=self.method(fit_arguments, "fit", section.span),
            span=section.span,
        )
