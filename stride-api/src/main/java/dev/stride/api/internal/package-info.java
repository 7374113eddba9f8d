/** What the API's own packages share; not exported. */
@NullMarked
package dev.stride.api.internal;

import org.jspecify.annotations.NullMarked;
