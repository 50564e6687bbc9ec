package dev.poolwright.scan.jvm.shape;

import dev.poolwright.model.fact.CodeShape;
import dev.poolwright.model.fact.CodeShape.Shape;
import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Place;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.syntax.SyntaxNode;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.List;
import java.util.function.Consumer;

/** A reader of shapes in Java files that run in a service; tests, migrations and foreign code are not opened. */
abstract class JavaShapeReader implements Reader {

    private final String[] words;

    JavaShapeReader(String... words) {
        this.words = words;
    }

    @Override
    public final Stage stage() {
        return Stage.CODE;
    }

    @Override
    public final Interest interest() {
        return Interest.in(Language.JAVA, words);
    }

    @Override
    public final void read(SourceFile file, Project project, Consumer<Fact> facts) {
        boolean runs = file.place() == Place.MAIN || file.place() == Place.EXAMPLE;
        if (runs && !("/" + file.name()).contains("/src/test/") && worthParsing(file, project)) {
            JavaIndex index = JavaIndex.of(project);
            index.file(file).ifPresent(java -> read(java, index, facts));
        }
    }

    /** A last look before a file is parsed. */
    boolean worthParsing(SourceFile file, Project project) {
        return true;
    }

    abstract void read(JavaFile file, JavaIndex index, Consumer<Fact> facts);

    static CodeShape shape(Shape shape, JavaClass in, SyntaxNode at, String what, boolean certain, List<Step> steps) {
        return new CodeShape(
                shape,
                subject(in, at),
                what,
                "",
                certain,
                steps,
                in.file().file().place(),
                at.origin());
    }

    static String subject(JavaClass in, SyntaxNode at) {
        return in.around(at).map(method -> subject(in, method)).orElse(in.name());
    }

    static String subject(JavaClass in, JavaMethod method) {
        return in.name() + "." + method.name();
    }

    /** An expression on one line, short enough for a finding. */
    static String brief(SyntaxNode node) {
        String line = node.text().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }

    /** {@code mailer.send(…)}: a call without its arguments. */
    static String called(SyntaxNode call) {
        String object = call.text("object").replaceAll("\\s+", "");
        String name = call.text("name");
        String text = object.isEmpty() ? name : object + "." + name;
        return text.length() <= 60 ? text : "..." + text.substring(text.length() - 57);
    }
}
