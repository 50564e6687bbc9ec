package dev.poolwright.scan.node;

import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that wait for something other than the database: HTTP, language models, object stores, mail, a pause. */
final class SlowCalls {

    private static final int DEEPEST = 2;

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("axios", "HTTP call"),
            Map.entry("got", "HTTP call"),
            Map.entry("ky", "HTTP call"),
            Map.entry("superagent", "HTTP call"),
            Map.entry("node-fetch", "HTTP call"),
            Map.entry("cross-fetch", "HTTP call"),
            Map.entry("undici", "HTTP call"),
            Map.entry("request-promise", "HTTP call"),
            Map.entry("@nestjs/axios", "HTTP call"),
            Map.entry("openai", "call of a language model"),
            Map.entry("@anthropic-ai/sdk", "call of a language model"),
            Map.entry("@google/generative-ai", "call of a language model"),
            Map.entry("ai", "call of a language model"),
            Map.entry("stripe", "HTTP call to Stripe"),
            Map.entry("nodemailer", "sending mail"),
            Map.entry("@sendgrid/mail", "sending mail"),
            Map.entry("resend", "sending mail"),
            Map.entry("twilio", "HTTP call to Twilio"),
            Map.entry("@slack/web-api", "HTTP call to Slack"),
            Map.entry("@octokit/rest", "HTTP call to GitHub"),
            Map.entry("@aws-sdk/client-s3", "S3 call"),
            Map.entry("@aws-sdk/client-ses", "sending mail"),
            Map.entry("@aws-sdk/client-lambda", "Lambda call"),
            Map.entry("timers/promises", "pause"),
            Map.entry("node:timers/promises", "pause"));

    /** What is slow, and how the code gets there, the slow call last. */
    record Slow(String what, SyntaxNode at, List<Step> steps) {
        public Slow {
            steps = List.copyOf(steps);
        }
    }

    private final NodeNames names;

    SlowCalls(NodeNames names) {
        this.names = names;
    }

    /** The slow thing that an awaited expression waits for. */
    Optional<Slow> in(NodeModule module, SyntaxNode awaited) {
        return in(module, awaited, 0);
    }

    private Optional<Slow> in(NodeModule module, SyntaxNode awaited, int depth) {
        Optional<SyntaxNode> pause = awaited.all("new_expression")
                .filter(one ->
                        one.text("constructor").equals("Promise") && one.text().contains("setTimeout("))
                .findFirst();
        if (pause.isPresent()) {
            return Optional.of(slow("pause", pause.get()));
        }
        List<SyntaxNode> calls = Functions.own(awaited)
                .filter(one -> one.is("call_expression"))
                .limit(12)
                .toList();
        for (SyntaxNode call : calls) {
            Optional<String> direct = direct(module, call);
            if (direct.isPresent()) {
                return Optional.of(
                        slow(direct.get() + " " + call.text("function").replaceAll("\\s+", ""), call));
            }
        }
        if (depth >= DEEPEST) {
            return Optional.empty();
        }
        for (SyntaxNode call : calls) {
            Optional<Slow> through = through(module, call, depth);
            if (through.isPresent()) {
                return through;
            }
        }
        return Optional.empty();
    }

    private Optional<Slow> through(NodeModule module, SyntaxNode call, int depth) {
        SyntaxNode function = call.child("function").orElse(call);
        if (!(names.of(module, function) instanceof Meaning.Code code)
                || !code.node().is(Functions.TYPES)) {
            return Optional.empty();
        }
        Optional<SyntaxNode> body = code.node().child("body");
        if (body.isEmpty() || body.get().contains(call)) {
            return Optional.empty();
        }
        List<SyntaxNode> awaits = Functions.own(body.get())
                .filter(one -> one.is("await_expression", "return_statement"))
                .filter(one ->
                        one.above("catch_clause").filter(body.get()::contains).isEmpty())
                .limit(40)
                .toList();
        for (SyntaxNode one : awaits) {
            Optional<Slow> found = in(code.module(), one, depth + 1);
            if (found.isPresent()) {
                List<Step> steps = new ArrayList<>();
                steps.add(new Step("calls " + function.text().replaceAll("\\s+", ""), call.origin()));
                steps.addAll(found.get().steps());
                return Optional.of(new Slow(found.get().what(), call, steps));
            }
        }
        return Optional.empty();
    }

    private static Slow slow(String what, SyntaxNode at) {
        String brief = what.length() > 60 ? what.substring(0, 57) + "..." : what;
        return new Slow(brief, at, List.of(new Step(brief, at.origin())));
    }

    private Optional<String> direct(NodeModule module, SyntaxNode call) {
        SyntaxNode function = call.child("function").orElse(call);
        String text = function.text();
        if (text.equals("fetch") || text.equals("globalThis.fetch")) {
            boolean global = module.bindings().at(function, "fetch").isEmpty();
            return global || names.of(module, function) instanceof Meaning.Foreign
                    ? Optional.of("HTTP call")
                    : Optional.empty();
        }
        if (text.matches("(\\w+\\.)*(sleep|delay)")) {
            return Optional.of("pause");
        }
        if (text.matches("(this\\.)?(httpService|http)\\.(axiosRef\\.)?(get|post|put|patch|delete|request)")) {
            return Optional.of("HTTP call");
        }
        if (function.is("member_expression")
                && Texts.called(call).equals("send")
                && Texts.argument(call, 0)
                        .filter(one -> one.is("new_expression")
                                && one.text("constructor").endsWith("Command"))
                        .isPresent()) {
            return Optional.of("AWS call");
        }
        return packaged(module, function);
    }

    private Optional<String> packaged(NodeModule module, SyntaxNode function) {
        SyntaxNode at = function;
        for (int i = 0; i < 8 && at.is("member_expression"); i++) {
            SyntaxNode object = at.child("object").orElse(at);
            if (object.is("this")) {
                break;
            }
            at = object;
        }
        if (!at.is("identifier", "member_expression")) {
            return Optional.empty();
        }
        Meaning root = names.of(module, at);
        if (root instanceof Meaning.Code code && code.node().is("new_expression", "call_expression")) {
            SyntaxNode made = code.node()
                    .child("constructor")
                    .or(() -> code.node().child("function"))
                    .orElse(code.node());
            root = names.of(code.module(), made);
        }
        if (!(root instanceof Meaning.Foreign foreign) || function.text().contains("webhooks.")) {
            return Optional.empty();
        }
        boolean client = foreign.source().matches("openai|@anthropic-ai/sdk|stripe|resend|twilio");
        boolean waits =
                client || !function.text().matches(".*\\.(isAxiosError|isCancel|create|HTTPError|interceptors.*)");
        return waits ? Optional.ofNullable(PACKAGES.get(foreign.source())) : Optional.empty();
    }
}
