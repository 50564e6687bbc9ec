package dev.poolwright.scan.node;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which functions run for each request, message or invocation. */
final class Handlers {

    private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete", "all", "route");
    private static final Set<String> EXPORTS = Set.of(
            "GET",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "HEAD",
            "OPTIONS",
            "handler",
            "getServerSideProps",
            "loader",
            "action");
    private static final Set<String> ONCE = Set.of(
            "main",
            "run",
            "bootstrap",
            "start",
            "startup",
            "init",
            "initialize",
            "setup",
            "seed",
            "migrate",
            "constructor",
            "connect",
            "boot",
            "register",
            "onmoduleinit",
            "onapplicationbootstrap",
            "execute",
            "up",
            "down",
            "globalsetup",
            "beforeall",
            "afterall",
            "install");

    private Handlers() {}

    /** Whether a function answers requests. */
    static boolean isHandler(NodeModule module, SyntaxNode function) {
        return routed(function).isPresent()
                || exported(module, function)
                || decorated(
                        function,
                        "Get|Post|Put|Patch|Delete|All|Query|Mutation|MessagePattern|EventPattern|GrpcMethod|Process|SubscribeMessage")
                || takesRequest(function);
    }

    /** The path that a function is registered for: {@code app.get("/health", function)}. */
    static Optional<String> routed(SyntaxNode function) {
        Optional<SyntaxNode> call = function.parent()
                .filter(up -> up.is("arguments"))
                .flatMap(SyntaxNode::parent)
                .filter(up -> up.is("call_expression"));
        if (call.isEmpty()
                || !VERBS.contains(Texts.called(call.get()))
                || Texts.receiver(call.get()).isEmpty()) {
            return Optional.empty();
        }
        return Texts.argument(call.get(), 0)
                .flatMap(Texts::literal)
                .filter(path -> path.startsWith("/") || path.equals("*"));
    }

    private static boolean exported(NodeModule module, SyntaxNode function) {
        if (!atTop(function)) {
            return false;
        }
        String name = NodeNames.functionName(function);
        Optional<String> as = name.isEmpty() ? Optional.empty() : module.exportedAs(name);
        String path = "/" + module.file().name();
        boolean api = path.contains("/pages/api/")
                || path.contains("/netlify/functions/")
                || path.matches("(/[\\w.-]+)?/api/.*");
        if (as.isPresent() && (EXPORTS.contains(as.get()) || (api && as.get().equals("default")))) {
            return !as.get().matches("[A-Z]+") || path.matches(".*/(route|\\+server)\\.[jt]sx?");
        }
        return name.isEmpty()
                && function.parent()
                        .filter(up -> up.is("assignment_expression"))
                        .map(up -> up.text("left"))
                        .orElse("")
                        .matches("(module\\.)?exports\\.handler");
    }

    private static boolean atTop(SyntaxNode function) {
        return Functions.around(function).isEmpty();
    }

    static boolean decorated(SyntaxNode function, String names) {
        if (!function.is("method_definition") || function.parent().isEmpty()) {
            return false;
        }
        SyntaxNode before = null;
        List<SyntaxNode> siblings = function.parent().get().children();
        for (SyntaxNode one : siblings) {
            if (one == function) {
                break;
            }
            if (!one.is("decorator") && !one.is("comment")) {
                before = one;
            }
        }
        int from = before == null ? 0 : before.end();
        return siblings.stream()
                        .filter(one -> one.is("decorator") && one.start() >= from && one.end() <= function.start())
                        .anyMatch(one -> one.text().matches("(?s)@(" + names + ")\\b.*"))
                || function.all("decorator").anyMatch(one -> one.text().matches("(?s)@(" + names + ")\\b.*"));
    }

    private static boolean takesRequest(SyntaxNode function) {
        String parameters = function.text("parameters");
        return parameters.matches("(?s)\\(\\s*_?(req|request)\\b[^,]*,\\s*_?(res|response|reply|h)\\b.*");
    }

    /** Whether a function is one that programs call once: by its name, or because it is called where the file is loaded. */
    static boolean runsOnce(NodeModule module, SyntaxNode function) {
        String name = NodeNames.functionName(function).toLowerCase(java.util.Locale.ROOT);
        if (ONCE.contains(name)
                || name.matches(
                        "(init|setup|bootstrap|start|connect|main|seed|migrate|run)[a-z]*(server|app|db|database|migrations?|once)?")) {
            return true;
        }
        if (function.parent().filter(up -> up.is("parenthesized_expression")).isPresent()) {
            return true; // (async () => { ... })()
        }
        return NodeNames.calls(module, function).stream()
                .anyMatch(call -> Functions.around(call).isEmpty());
    }
}
