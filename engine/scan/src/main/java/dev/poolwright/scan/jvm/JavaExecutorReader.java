package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.pool.JvmModules;
import dev.poolwright.scan.jvm.source.JavaClass;
import dev.poolwright.scan.jvm.source.JavaFile;
import dev.poolwright.scan.jvm.source.JavaIndex;
import dev.poolwright.scan.jvm.source.JavaMethod;
import dev.poolwright.scan.jvm.source.JavaValues;
import dev.poolwright.scan.project.Interest;
import dev.poolwright.scan.project.Project;
import dev.poolwright.scan.project.Reader;
import dev.poolwright.scan.tree.Language;
import dev.poolwright.scan.tree.SourceFile;
import java.util.Optional;
import java.util.function.Consumer;

/** Executors that Spring beans make: {@code ThreadPoolTaskExecutor} with its largest size, {@code ThreadPoolTaskScheduler}. */
final class JavaExecutorReader implements Reader {

    @Override
    public Stage stage() {
        return Stage.CODE;
    }

    @Override
    public Interest interest() {
        return Interest.in(Language.JAVA, "ThreadPoolTaskExecutor", "ThreadPoolTaskScheduler");
    }

    @Override
    public void read(SourceFile file, Project project, Consumer<Fact> facts) {
        JavaIndex index = JavaIndex.of(project);
        Optional<JavaFile> java = index.file(file);
        if (java.isEmpty()) {
            return;
        }
        JavaValues values = new JavaValues(index);
        for (JavaClass in : java.get().classes()) {
            for (JavaMethod method : in.methods()) {
                if (method.annotation("Bean").isPresent()) {
                    executor(in, method, values, project, facts);
                }
            }
        }
    }

    private static void executor(
            JavaClass in, JavaMethod method, JavaValues values, Project project, Consumer<Fact> facts) {
        method.node()
                .all("variable_declarator")
                .filter(one -> one.child("value")
                        .filter(value -> value.text("type").matches("ThreadPoolTask(Executor|Scheduler)"))
                        .isPresent())
                .forEach(one -> Setters.on(one.text("name"), method.node()).stream()
                        .filter(call -> call.key().matches("maxPoolSize|poolSize"))
                        .forEach(call -> {
                            Value<Limit> threads = ApplicationWorkersReader.limit(
                                    values.of(call.argument(), in), call.node().origin());
                            facts.accept(new Workers(
                                    JvmModules.of(project)
                                            .module(in.file().file().folder()),
                                    "executor " + method.name(),
                                    Value.known(1, call.node().origin()),
                                    threads,
                                    false,
                                    false,
                                    in.file().file().place(),
                                    call.node().origin()));
                        }));
    }
}
