/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* A manager's options that say by whom and how safely the server is reached. They are looked at when a connection is made. */

#include "sio-manager-private.h"

#define RETURN_IF_FOREIGN_THREAD(self) g_return_if_fail ((self)->thread == g_thread_self ())

/**
 * sio_manager_get_tls_certificate:
 * @self: a manager
 *
 * Gets the certificate that is shown to a server that asks for one.
 *
 * Returns: (transfer none) (nullable): the certificate
 */
GTlsCertificate *
sio_manager_get_tls_certificate (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);

  return self->tls_certificate;
}

/**
 * sio_manager_set_tls_certificate:
 * @self: a manager
 * @certificate: (nullable): a certificate with its private key, or %NULL for none
 *
 * Sets the certificate that is shown to a server that asks for one, for the connections that are made from now on.
 */
void
sio_manager_set_tls_certificate (SioManager      *self,
                                 GTlsCertificate *certificate)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate));

  if (g_set_object (&self->tls_certificate, certificate))
    _sio_manager_notify (self, MANAGER_PROP_TLS_CERTIFICATE);
}

/**
 * sio_manager_get_tls_interaction:
 * @self: a manager
 *
 * Gets who is asked for a certificate or a password.
 *
 * Returns: (transfer none) (nullable): who is asked
 */
GTlsInteraction *
sio_manager_get_tls_interaction (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);

  return self->tls_interaction;
}

/**
 * sio_manager_set_tls_interaction:
 * @self: a manager
 * @interaction: (nullable): who is asked, or %NULL for nobody
 *
 * Sets who is asked for a certificate or a password, for the connections that are made from now on.
 */
void
sio_manager_set_tls_interaction (SioManager      *self,
                                 GTlsInteraction *interaction)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (interaction == NULL || G_IS_TLS_INTERACTION (interaction));

  if (g_set_object (&self->tls_interaction, interaction))
    _sio_manager_notify (self, MANAGER_PROP_TLS_INTERACTION);
}

/**
 * sio_manager_get_proxy_resolver:
 * @self: a manager
 *
 * Gets who says by which proxies the server is reached.
 *
 * Returns: (transfer none) (nullable): who says it, or %NULL for the settings of the system
 */
GProxyResolver *
sio_manager_get_proxy_resolver (SioManager *self)
{
  g_return_val_if_fail (SIO_IS_MANAGER (self), NULL);

  return self->proxy_resolver;
}

/**
 * sio_manager_set_proxy_resolver:
 * @self: a manager
 * @resolver: (nullable): who knows the proxies, or %NULL for the settings of the system
 *
 * Sets who says by which proxies the server is reached, for the connections that are made from now on.
 */
void
sio_manager_set_proxy_resolver (SioManager     *self,
                                GProxyResolver *resolver)
{
  g_return_if_fail (SIO_IS_MANAGER (self));
  RETURN_IF_FOREIGN_THREAD (self);
  g_return_if_fail (resolver == NULL || G_IS_PROXY_RESOLVER (resolver));

  if (g_set_object (&self->proxy_resolver, resolver))
    _sio_manager_notify (self, MANAGER_PROP_PROXY_RESOLVER);
}
