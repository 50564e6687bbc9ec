package dev.poolwright.model.fact;

import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;

/**
 * How many processes and callers one instance of a program has, where a start command or a server's configuration says so.
 *
 * @param service name of the deployment, or folder of the program, that it is about
 * @param server {@code gunicorn}, {@code uvicorn}, {@code tomcat}, {@code quartz}, {@code celery}, …
 * @param processes operating-system processes in one instance
 * @param threads callers in one process
 * @param asgi whether requests run as tasks of an event loop
 * @param preload whether the program is loaded before the processes are forked
 */
public record Workers(
        String service,
        String server,
        Value<Integer> processes,
        Value<Limit> threads,
        boolean asgi,
        boolean preload,
        Place place,
        Origin origin)
        implements Fact {}
