/** What the lab loads: real Java pools, a pool with the semantics of SQLAlchemy's, and any process that takes a database URL. */
@NullMarked
package dev.poolwright.lab.subject;

import org.jspecify.annotations.NullMarked;
