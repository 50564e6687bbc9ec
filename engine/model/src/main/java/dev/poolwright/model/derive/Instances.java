package dev.poolwright.model.derive;

import dev.poolwright.model.fact.DeclaredPool;
import dev.poolwright.model.fact.Deployment;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Service;
import dev.poolwright.model.fleet.Service.PoolMade;
import dev.poolwright.model.fleet.Service.ProcessKind;
import dev.poolwright.model.fleet.Service.Rollout;
import dev.poolwright.model.fleet.Service.Surge;
import dev.poolwright.model.fleet.Step;
import dev.poolwright.model.fleet.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many instances, processes and callers a service of a derived fleet has. */
final class Instances {

    /** Their programs are one process each where nothing says otherwise. */
    private static final Set<String> ONE_PROCESS = Set.of(
            "hikaricp",
            "tomcat-jdbc",
            "dbcp2",
            "c3p0",
            "druid",
            "agroal",
            "quarkus",
            "r2dbc-pool",
            "vertx",
            "pg",
            "postgres.js",
            "mysql2",
            "prisma",
            "knex",
            "typeorm",
            "sequelize");

    private final List<Deployment> deployments;
    private final List<Workers> workers;
    private final DeclaredPool first;

    Instances(Facts facts, String folder, String service, List<Deployment> deployments, List<DeclaredPool> pools) {
        this.deployments = deployments;
        this.first = pools.get(0);
        List<Workers> all = facts.main(Workers.class).toList();
        List<Workers> named = all.stream()
                .filter(one -> one.service().equals(service)
                        || deployments.stream()
                                .anyMatch(deployment -> deployment.name().equals(one.service())))
                .toList();
        this.workers = named.isEmpty()
                ? all.stream().filter(one -> one.service().equals(folder)).toList()
                : named;
    }

    Service.Instances instances() {
        if (deployments.isEmpty()) {
            Value<Integer> unknown =
                    Value.unknown("no manifest in the tree says how many run", "instances: of the service");
            return new Service.Instances(
                    unknown, unknown, new Value.Default<>(Surge.NONE, "", ""), Rollout.ROLLING, "");
        }
        Service.Instances last = deployments.get(deployments.size() - 1).instances();
        if (deployments.size() == 1) {
            return last;
        }
        // One name in several files: an overlay or another region, and nothing says which of them holds.
        List<Value<Integer>> least = new ArrayList<>();
        List<Value<Integer>> most = new ArrayList<>();
        List<Value<Surge>> surge = new ArrayList<>();
        for (Deployment one : deployments) {
            least.add(one.instances().min());
            most.add(one.instances().max());
            surge.add(one.instances().surge());
        }
        return new Service.Instances(either(least), either(most), either(surge), last.rollout(), last.scale());
    }

    private <T> Value<T> either(List<Value<T>> values) {
        if (values.stream().map(Object::toString).distinct().count() == 1) {
            return values.get(0);
        }
        List<Value.Case<T>> cases = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            cases.add(new Value.Case<>(deployments.get(i).origin().file(), values.get(i)));
        }
        return new Value.OneOf<>(cases, deployments.get(0).origin());
    }

    Map<String, ProcessKind> processes() {
        return Map.of("main", new ProcessKind("main", count(), callers(), "", PoolMade.IN_PROCESS));
    }

    private Value<Integer> count() {
        if (workers.isEmpty()) {
            return ONE_PROCESS.contains(first.stack().library())
                    ? new Value.Default<>(1, first.stack().library(), "")
                    : Value.unknown("no start command in the tree says how many run", "processes: of the service");
        }
        return several(workers.stream().map(Workers::processes).toList());
    }

    private Value<Limit> callers() {
        if (!workers.isEmpty()) {
            return workers.size() > 1 && ONE_PROCESS.contains(first.stack().library())
                    ? together()
                    : several(workers.stream().map(Instances::callers).toList());
        }
        String runtime = first.stack().runtime();
        return runtime.equals("asyncio") || runtime.equals("event-loop")
                ? new Value.Default<>(Limit.unlimited(), runtime, "")
                : Value.unknown("nothing in the tree bounds them", "callers: of the service");
    }

    /** Thread pools beside each other in one process; each counts once, however many files speak of it. */
    private Value<Limit> together() {
        Map<String, Value<Limit>> each = new LinkedHashMap<>();
        workers.forEach(one -> each.putIfAbsent(one.server(), callers(one)));
        Limit sum = Limit.atMost(0);
        for (Value<Limit> one : each.values()) {
            if (one.single().isEmpty()) {
                return one;
            }
            sum = sum.plus(one.single().get());
        }
        List<Step> trail = workers.stream()
                .map(one -> new Step(one.server() + " " + one.threads(), one.origin()))
                .toList();
        return Value.known(sum, workers.get(0).origin(), trail);
    }

    /** Requests that run as tasks are as many as come, unless the server's start command says otherwise. */
    private static Value<Limit> callers(Workers one) {
        return one.asgi() && one.threads().possible().isEmpty()
                ? new Value.Default<>(Limit.unlimited(), one.server(), "")
                : one.threads();
    }

    private <T> Value<T> several(List<Value<T>> values) {
        if (values.stream().map(Object::toString).distinct().count() == 1) {
            return values.get(0);
        }
        List<Value.Case<T>> cases = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            cases.add(new Value.Case<>(workers.get(i).server(), values.get(i)));
        }
        return new Value.OneOf<>(cases, workers.get(0).origin());
    }
}
