package dev.poolwright.scan.python;

import dev.poolwright.scan.syntax.SyntaxNode;
import java.util.Optional;

/**
 * What an expression stands for, where that has to do with connections or with what is slow.
 *
 * @param pool name of the pool behind it, {@code path#symbol}; empty when that is not known
 * @param pooled whether what it gives comes out of a pool that can run dry
 * @param async whether it belongs to an event loop
 * @param inner what is inside: what a context manager or generator gives
 * @param type the class of the tree that an object is of
 * @param made the call that makes it
 */
record Handle(
        Kind kind,
        String pool,
        boolean pooled,
        boolean async,
        Optional<Handle> inner,
        Optional<PythonClass> type,
        SyntaxNode made) {

    /** The closed list of what is told apart. */
    enum Kind {
        /** Makes connections: a SQLAlchemy engine. */
        ENGINE,
        /** A pool whose connections are acquired one by one. */
        POOL,
        /** Makes a session with each call. */
        MAKER,
        /** Stands for the session of this thread or request: {@code scoped_session}, {@code db.session}. */
        REGISTRY,
        /** Borrows a connection at its first use and gives it back at commit, rollback or close. */
        SESSION,
        /** Is a connection from the moment it is made until it is closed. */
        CONNECTION,
        /** Gives what is inside for the time of a {@code with}. */
        CONTEXT,
        /** A generator that yields what is inside. */
        GENERATOR,
        /** Flask-SQLAlchemy's object. */
        FLASK,
        /** A Django transaction. */
        ATOMIC,
        /** An HTTP client. */
        WEB,
        /** A client of a language model. */
        MODEL,
        /** A client of an object store or another cloud service. */
        STORE,
        /** An object of a class of the tree. */
        OBJECT
    }

    static Handle of(Kind kind, SyntaxNode made) {
        return new Handle(kind, "", true, false, Optional.empty(), Optional.empty(), made);
    }

    Handle as(Kind other, SyntaxNode at) {
        return new Handle(other, pool, pooled, async, Optional.empty(), Optional.empty(), at);
    }

    Handle within(Kind wrapper) {
        return new Handle(wrapper, pool, pooled, async, Optional.of(this), Optional.empty(), made);
    }

    Handle named(String name) {
        return new Handle(kind, name, pooled, async, inner, type, made);
    }

    boolean is(Kind... kinds) {
        for (Kind one : kinds) {
            if (one == kind) {
                return true;
            }
        }
        return false;
    }

    /** Whether a connection can be behind it. */
    boolean holds() {
        return is(Kind.SESSION, Kind.CONNECTION, Kind.REGISTRY, Kind.ATOMIC);
    }
}
