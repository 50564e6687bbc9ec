package dev.poolwright.files.fleet;

import static dev.poolwright.files.tree.Forms.MOST;

import dev.poolwright.files.tree.Form;
import dev.poolwright.files.tree.Forms;
import dev.poolwright.files.tree.Section;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Service.Instances;
import dev.poolwright.model.fleet.Service.PoolMade;
import dev.poolwright.model.fleet.Service.ProcessKind;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads how many of a service run: instances, processes in each, callers in each. */
final class InstancesReader {

    private static final Form<Surge> SURGE = new Form<>(
            "a whole number, or a share such as 25%",
            text -> text.endsWith("%")
                    ? new Surge(0, Forms.SHARE.read(text))
                    : new Surge(Forms.count(0, MOST).read(text), 0));
    private static final Map<String, Rollout> ROLLOUTS =
            Map.of("rolling", Rollout.ROLLING, "recreate", Rollout.RECREATE);
    private static final Map<String, PoolMade> MOMENTS = Map.of(
            "in_process", PoolMade.IN_PROCESS, "after_fork", PoolMade.AFTER_FORK, "before_fork", PoolMade.BEFORE_FORK);

    private InstancesReader() {}

    static Instances instances(Section service) {
        Value<Integer> one = standard(1);
        if (!service.has("instances") || service.isSingle("instances")) {
            Value<Integer> count = service.value("instances", Forms.count(1, MOST), one);
            return new Instances(count, count, standard(Surge.NONE), Rollout.ROLLING, "");
        }
        Section section = service.child("instances");
        Value<Integer> min = section.value("min", Forms.count(0, MOST), one);
        Value<Integer> max = section.value("max", Forms.count(1, MOST), min);
        if (min.single().isPresent() && max.single().isPresent() && max.or(1) < min.or(1)) {
            section.wrong("max", "less than min", max.toString(), "at least " + min, "");
        }
        Instances instances = new Instances(
                min,
                max,
                section.value("surge", SURGE, standard(Surge.NONE)),
                section.get("rollout", Form.word("rollout", ROLLOUTS), Rollout.ROLLING),
                scale(section));
        section.done();
        return instances;
    }

    private static String scale(Section parent) {
        if (!parent.has("scale")) {
            return "";
        }
        Section section = parent.child("scale");
        String on = section.need("on", Forms.NAME_OF_ITS_OWN, "");
        double to = section.need("to", Forms.SOME_SHARE, 1.0);
        long after =
                section.get("after", Forms.DURATION, java.time.Duration.ZERO).toSeconds();
        section.done();
        return on + " to " + Math.round(to * 100) + "%" + (after == 0 ? "" : " after " + after + "s");
    }

    static Map<String, ProcessKind> processes(Section service) {
        Map<String, ProcessKind> kinds = new LinkedHashMap<>();
        if (service.has("processes") && !service.isSingle("processes")) {
            service.children("processes").forEach((name, section) -> {
                kinds.put(name, kind(name, section, section.value("count", Forms.count(1, MOST), standard(1))));
                section.done();
            });
            if (service.has("callers")) {
                service.wrong("callers", "said twice", "", "callers of each kind of process", "move it into processes");
            }
            return kinds;
        }
        Value<Integer> count = service.value("processes", Forms.count(1, MOST), standard(1));
        kinds.put("main", kind("main", service, count));
        return kinds;
    }

    private static ProcessKind kind(String name, Section section, Value<Integer> count) {
        Value<Limit> callers = standard(Limit.unlimited());
        String callerKind = "";
        if (section.has("callers") && !section.isSingle("callers")) {
            Section inner = section.child("callers");
            callerKind = inner.get("kind", Forms.NAME_OF_ITS_OWN, "");
            callers = inner.value("most", Forms.limit(1), callers);
            inner.done();
        } else {
            callers = section.value("callers", Forms.limit(1), callers);
        }
        PoolMade made = section.get("pool_made", Form.word("moment", MOMENTS), PoolMade.IN_PROCESS);
        return new ProcessKind(name, count, callers, callerKind, made);
    }

    private static <T> Value<T> standard(T value) {
        return new Value.Default<>(value, "the format", "1");
    }
}
