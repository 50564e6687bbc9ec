package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Knows web handlers, and which of their answers take as long as the client likes. */
final class Streams {

    private static final Set<String> VERBS = Set.of(
            "get",
            "post",
            "put",
            "patch",
            "delete",
            "head",
            "options",
            "route",
            "api_route",
            "websocket",
            "websocket_route");
    private static final Set<String> RESPONSES =
            Set.of("StreamingResponse", "EventSourceResponse", "FileResponse", "StreamingHttpResponse");
    private static final Set<String> RECEIVES =
            Set.of("receive", "receive_text", "receive_json", "receive_bytes", "iter_text", "iter_json", "iter_bytes");

    private final PythonIndex index;

    Streams(PythonIndex index) {
        this.index = index;
    }

    /** The decorator that makes a function a web handler: {@code @router.get("/a")}. */
    static Optional<SyntaxNode> route(PythonFunction function) {
        return function.decorators().stream()
                .filter(one -> one.is("call")
                        && one.child("function")
                                .filter(called -> called.is("attribute"))
                                .isPresent())
                .filter(one -> VERBS.contains(one.child("function").orElse(one).text("attribute")))
                .filter(one -> path(one)
                        .filter(path -> path.isEmpty() || path.startsWith("/"))
                        .isPresent())
                .findFirst();
    }

    /** The path that a handler answers. */
    static Optional<String> path(SyntaxNode decorator) {
        return Stream.concat(OwnCode.positional(decorator).stream().limit(1), OwnCode.named(decorator, "path").stream())
                .filter(one -> one.is("string", "concatenated_string"))
                .map(OwnCode::string)
                .findFirst();
    }

    static boolean isWebSocket(PythonFunction handler) {
        return route(handler)
                .map(one -> OwnCode.decoratorName(one))
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("websocket"))
                .isPresent();
    }

    /** Whether a call makes an answer that is sent bit by bit. */
    boolean isResponse(SyntaxNode call) {
        SyntaxNode called = call.child("function").orElse(call);
        String external = called.is("identifier", "attribute") ? index.externalName(called) : "";
        return RESPONSES.contains(external.substring(external.lastIndexOf('.') + 1));
    }

    /** Whether a call waits for the next message of a web socket. */
    static boolean receives(SyntaxNode call) {
        SyntaxNode called = call.child("function").orElse(call);
        return called.is("attribute") && RECEIVES.contains(called.text("attribute"));
    }

    /** The generator that a response sends: a function of the tree, mostly one within the handler. */
    Optional<PythonFunction> generator(SyntaxNode response) {
        List<SyntaxNode> arguments = OwnCode.positional(response);
        Optional<SyntaxNode> content = OwnCode.named(response, "content")
                .or(() -> arguments.isEmpty() ? Optional.empty() : Optional.of(arguments.get(0)));
        return content.flatMap(this::generates);
    }

    private Optional<PythonFunction> generates(SyntaxNode content) {
        SyntaxNode called = content.is("call") ? content.child("function").orElse(content) : content;
        if (!called.is("identifier", "attribute")) {
            return Optional.empty();
        }
        PythonDefinition definition = index.resolve(called).orElse(null);
        if (definition instanceof PythonDefinition.Assignment assignment) {
            return assignment.value().filter(value -> value.is("call")).flatMap(this::generates);
        }
        return definition instanceof PythonDefinition.FunctionDefinition function
                ? Optional.of(function.function()).filter(one -> OwnCode.yields(one.node()))
                : Optional.empty();
    }
}
