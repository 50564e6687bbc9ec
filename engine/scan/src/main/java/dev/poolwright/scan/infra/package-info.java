/** Readers of manifests: who runs how often, on which server, through which pooler. */
@NullMarked
package dev.poolwright.scan.infra;

import org.jspecify.annotations.NullMarked;
