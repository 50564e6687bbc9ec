package dev.poolwright.scan.python;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds handlers whose session stays open, with a connection out, while an answer is streamed or a web socket lives. */
final class HeldWhileStreamingReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return ShapeFiles.with(List.of(
                        "StreamingResponse", "EventSourceResponse", "FileResponse", ".websocket(", "websocket_route("))
                .beside(ShapeFiles.WEB);
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        Handles handles = project.view(Handles.class, Handles::of);
        Optional<PythonModule> module = handles.index().module(file);
        if (module.isEmpty()) {
            return;
        }
        FastApiVersion version = FastApiVersion.of(file, project);
        for (PythonFunction function : module.get().functions()) {
            if (Streams.route(function).isPresent()) {
                new Handler(file, handles, function, version).read(facts);
            }
        }
    }

    /** In a loop that awaits something or has no end: {@code while not await request.is_disconnected()}. */
    private static boolean waits(SyntaxNode yielded) {
        return yielded.above("while_statement").isPresent()
                || yielded.above("for_statement")
                        .filter(loop -> loop.all("await").findAny().isPresent()
                                || loop.text().startsWith("async "))
                        .isPresent();
    }

    /** One handler. */
    private static final class Handler implements HoldWatcher {
        private final SourceFile file;
        private final Handles handles;
        private final Streams streams;
        private final PythonFunction function;
        private final FastApiVersion version;
        private final List<SessionChain.Link> chain;
        private final boolean socket;
        private Optional<CodeShape> found = Optional.empty();

        Handler(SourceFile file, Handles handles, PythonFunction function, FastApiVersion version) {
            this.file = file;
            this.handles = handles;
            this.streams = new Streams(handles.index());
            this.function = function;
            this.version = version;
            this.chain = SessionChain.of(function, handles);
            this.socket = Streams.isWebSocket(function);
        }

        void read(Consumer<Fact> facts) {
            HoldState start = HoldState.EMPTY;
            for (SessionChain.Link link : chain) {
                start = start.put(name(link), new Hold(link.handle(), link.used(), false, true, link.steps()));
            }
            new HoldFlow(new HoldCalls(handles, this, function)).function(function.node(), start);
            found.ifPresent(facts);
        }

        private static String name(SessionChain.Link link) {
            return link.parameter().isEmpty() ? "dependency " + link.generator().name() : link.parameter();
        }

        @Override
        public void reached(SyntaxNode node, HoldState state) {
            if (found.isPresent() || !node.is("call")) {
                return;
            }
            if (socket && Streams.receives(node)) {
                if (node.above("while_statement", "for_statement", "function_definition")
                        .filter(one -> !one.is("function_definition"))
                        .isPresent()) {
                    held(state).ifPresent(hold -> report(node, "web socket", hold, hold.held(), List.of()));
                }
            } else if (streams.isResponse(node)) {
                response(node, state);
            }
        }

        /** Those that the handler itself closes before it returns are no matter here: only what its dependencies hold. */
        private Optional<Hold> held(HoldState state) {
            return state.holds().values().stream()
                    .filter(hold -> hold.status() != Hold.Status.FREE)
                    .filter(hold -> socket || hold.given())
                    .max(Comparator.comparing(Hold::status));
        }

        private void response(SyntaxNode response, HoldState state) {
            String what = response.text("function");
            Optional<PythonFunction> generator = streams.generator(response);
            for (SessionChain.Link link : chain) {
                Optional<SyntaxNode> use = link.parameter().isEmpty()
                        ? Optional.empty()
                        : generator.flatMap(one -> uses(one, link.parameter(), response));
                Optional<Hold> own = state.get(name(link));
                if (use.isPresent() && own.isPresent()) {
                    Step step = new Step(
                            "the stream itself works with " + link.parameter(),
                            use.get().origin());
                    report(response, what, own.get(), true, List.of(step));
                    return;
                }
            }
            if (generator.isEmpty() && !what.endsWith("FileResponse")) {
                return; // what is sent may be in memory already
            }
            Optional<Hold> hold = held(state).filter(one -> isChained(state, one));
            if (hold.isPresent() && version != FastApiVersion.BEFORE_THE_RESPONSE) {
                report(
                        response,
                        what,
                        hold.get(),
                        version == FastApiVersion.AFTER_THE_RESPONSE
                                && (lasts(what, generator) || (hold.get().held() && generator.isEmpty())),
                        List.of());
            } else {
                generator.ifPresent(one -> own(one, response, what));
            }
        }

        /** Whether the stream waits for something between what it sends, so that it lasts longer than the sending of it. */
        private static boolean lasts(String what, Optional<PythonFunction> generator) {
            return generator.isPresent()
                    && (what.endsWith("EventSourceResponse")
                            || OwnCode.of(generator.get().node(), "yield").anyMatch(HeldWhileStreamingReader::waits));
        }

        private boolean isChained(HoldState state, Hold hold) {
            return chain.stream().anyMatch(link -> hold.equals(state.holds().get(name(link))));
        }

        /** Where a generator works with the handler's session: as a name around it, or handed in. */
        private Optional<SyntaxNode> uses(PythonFunction generator, String name, SyntaxNode response) {
            boolean within = function.node().contains(generator.node());
            if (within) {
                return generator.body().stream()
                        .flatMap(body -> body.all("identifier"))
                        .filter(one -> one.text().equals(name))
                        .filter(one -> handles.index().definitions(one).stream()
                                .anyMatch(definition -> definition instanceof PythonDefinition.ParameterDefinition given
                                        && given.function() == function))
                        .findFirst();
            }
            return response.all("identifier")
                    .filter(one -> one.text().equals(name))
                    .filter(one ->
                            one.above("call").filter(call -> call != response).isPresent())
                    .findFirst();
        }

        /** A generator that holds a session of its own around a loop without end. */
        private void own(PythonFunction generator, SyntaxNode response, String what) {
            new HoldFlow(new HoldCalls(
                            handles,
                            new HoldWatcher() {
                                @Override
                                public void reached(SyntaxNode node, HoldState state) {
                                    if (found.isEmpty() && node.is("yield") && endless(node)) {
                                        state.holds().values().stream()
                                                .filter(Hold::held)
                                                .findFirst()
                                                .ifPresent(hold -> report(
                                                        response,
                                                        what,
                                                        hold,
                                                        true,
                                                        List.of(new Step(
                                                                "yields in a loop without end", node.origin()))));
                                    }
                                }
                            },
                            generator))
                    .function(generator.node(), HoldState.EMPTY);
        }

        private static boolean endless(SyntaxNode node) {
            return node.above("while_statement")
                    .filter(loop -> loop.text("condition").matches("True|1|not await .*is_disconnected\\(\\)"))
                    .isPresent();
        }

        private void report(SyntaxNode at, String what, Hold hold, boolean certain, List<Step> more) {
            List<Step> steps = new ArrayList<>(hold.steps());
            steps.addAll(more);
            steps.add(new Step(socket ? "waits for the next message" : "answers with " + what, at.origin()));
            found = Optional.of(new CodeShape(
                    Shape.HELD_WHILE_STREAMING,
                    ShapeFiles.subject(function),
                    what,
                    hold.handle().pool(),
                    certain,
                    steps,
                    file.place(),
                    at.origin()));
        }
    }
}
