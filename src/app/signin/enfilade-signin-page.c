/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, in two steps: where, then as whom. What the second step asks for is what the server offers. */

#include "config.h"

#include "enfilade-signin-page.h"

#include <glib/gi18n.h>

#include "chat-error.h"
#include "chat-server.h"

struct _EnfiladeSigninPage
{
  AdwBin             parent_instance;

  GtkStack          *steps;
  GtkEditable       *address_row;
  GtkLabel          *address_problem;
  GtkWidget         *continue_button;
  GtkStack          *continue_stack;
  GtkWidget         *address_cancel;
  AdwStatusPage     *account_status;
  GtkLabel          *account_reason;
  GtkEditable       *username_row;
  GtkEditable       *password_row;
  GtkEditable       *token_row;
  GtkLabel          *account_problem;
  GtkWidget         *sign_in_button;
  GtkStack          *sign_in_stack;
  GtkWidget         *account_cancel;
  GtkWidget         *back_button;
  GtkButton         *method_button;

  ChatServer        *server;
  GCancellable      *cancellable;
  gboolean           with_token;
  gboolean           can_go_back;

  /* What the command line gave, signed in with as soon as the server is known. */
  char              *pending_password;
  char              *pending_token;
};

/* One request to the server. A page may have given it up, and begun another one, when the answer comes. */
typedef struct
{
  EnfiladeSigninPage *page;
  GCancellable       *cancellable;
} Attempt;

enum
{
  CANCELLED,
  SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladeSigninPage, enfilade_signin_page, ADW_TYPE_BIN)

/* ── What is shown ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
show_problem (GtkLabel    *label,
              GtkEditable *row,
              const char  *problem)
{
  gtk_label_set_label (label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (label), problem != NULL);

  if (problem != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, label, NULL, -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
    }
}

static GtkEditable *
get_secret_row (EnfiladeSigninPage *self)
{
  return self->with_token ? self->token_row : self->password_row;
}

static void
clear_problems (EnfiladeSigninPage *self)
{
  show_problem (self->address_problem, self->address_row, NULL);
  show_problem (self->account_problem, self->password_row, NULL);
  show_problem (self->account_problem, self->token_row, NULL);
}

static gboolean
is_filled (GtkEditable *row)
{
  return gtk_editable_get_text (row)[0] != '\0';
}

static void
update_sensitivity (EnfiladeSigninPage *self)
{
  gboolean busy = self->cancellable != NULL;
  gboolean filled = is_filled (get_secret_row (self)) && (self->with_token || is_filled (self->username_row));

  gtk_widget_set_sensitive (GTK_WIDGET (self->address_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->username_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->token_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->method_button), !busy);
  gtk_widget_set_sensitive (self->back_button, !busy);
  gtk_widget_set_sensitive (self->continue_button, !busy && is_filled (self->address_row));
  gtk_widget_set_sensitive (self->sign_in_button, !busy && filled);
  gtk_widget_set_visible (self->address_cancel, busy || self->can_go_back);
  gtk_widget_set_visible (self->account_cancel, busy || self->can_go_back);
  gtk_stack_set_visible_child_name (self->continue_stack, busy ? "busy" : "ready");
  gtk_stack_set_visible_child_name (self->sign_in_stack, busy ? "busy" : "ready");
}

static gboolean
is_address_step (EnfiladeSigninPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->steps), "address") == 0;
}

static void
set_busy (EnfiladeSigninPage *self,
          gboolean            busy)
{
  g_clear_object (&self->cancellable);
  if (busy)
    {
      self->cancellable = g_cancellable_new ();

      /* From the field, which is about to become insensitive, to the only thing that can be done now. */
      gtk_widget_set_visible (self->address_cancel, TRUE);
      gtk_widget_set_visible (self->account_cancel, TRUE);
      gtk_widget_grab_focus (is_address_step (self) ? self->address_cancel : self->account_cancel);
    }
  update_sensitivity (self);
}

static Attempt *
attempt_new (EnfiladeSigninPage *self)
{
  Attempt *attempt = g_new0 (Attempt, 1);

  set_busy (self, TRUE);
  attempt->page = g_object_ref (self);
  attempt->cancellable = g_object_ref (self->cancellable);

  return attempt;
}

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->page);
  g_object_unref (attempt->cancellable);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static gboolean
attempt_is_current (Attempt *attempt)
{
  return attempt->page->cancellable == attempt->cancellable;
}

static void
text_changed (EnfiladeSigninPage *self)
{
  if (self->cancellable == NULL)
    clear_problems (self);
  update_sensitivity (self);
}

static void
show_method (EnfiladeSigninPage *self)
{
  ChatSignInMethods both = CHAT_SIGN_IN_PASSWORD | CHAT_SIGN_IN_TOKEN;
  ChatSignInMethods methods = self->server != NULL ? chat_server_get_sign_in_methods (self->server) : CHAT_SIGN_IN_NONE;

  gtk_widget_set_visible (GTK_WIDGET (self->username_row), !self->with_token);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), !self->with_token);
  gtk_widget_set_visible (GTK_WIDGET (self->token_row), self->with_token);
  gtk_widget_set_visible (GTK_WIDGET (self->method_button), (methods & both) == both);
  gtk_button_set_label (self->method_button, self->with_token ? _("Use a _Password Instead") : _("Use a _Token Instead"));
  update_sensitivity (self);
}

static void
focus_first_empty (EnfiladeSigninPage *self)
{
  if (is_address_step (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
  else if (!self->with_token && !is_filled (self->username_row))
    gtk_widget_grab_focus (GTK_WIDGET (self->username_row));
  else
    gtk_widget_grab_focus (GTK_WIDGET (get_secret_row (self)));
}

static void
show_step (EnfiladeSigninPage *self,
           const char         *step)
{
  gtk_stack_set_visible_child_name (self->steps, step);
  focus_first_empty (self);
}

static void
show_account_step (EnfiladeSigninPage *self)
{
  const char *name = chat_server_get_name (self->server);
  const char *address = chat_server_get_address (self->server);

  adw_status_page_set_title (self->account_status, name != NULL && name[0] != '\0' ? name : _("Sign In"));
  adw_status_page_set_description (self->account_status, NULL);
  if (address != NULL)
    {
      /* The description is markup, and an address comes from outside. */
      g_autofree char *escaped = g_markup_escape_text (address, -1);

      adw_status_page_set_description (self->account_status, escaped);
    }

  show_method (self);
  show_step (self, "account");
}

/* ── As whom ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
finish (EnfiladeSigninPage *self,
        ChatCredentials    *credentials)
{
  gtk_editable_set_text (self->password_row, "");
  gtk_editable_set_text (self->token_row, "");
  gtk_widget_set_visible (GTK_WIDGET (self->account_reason), FALSE);
  clear_problems (self);
  g_signal_emit (self, signals[SIGNED_IN], 0, credentials);
}

static void
signed_in (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Attempt) attempt = user_data;
  g_autoptr(ChatCredentials) credentials = NULL;
  g_autoptr(GError) error = NULL;
  EnfiladeSigninPage *self = attempt->page;

  credentials = chat_server_sign_in_finish (CHAT_SERVER (source), result, &error);
  if (!attempt_is_current (attempt))
    return;

  set_busy (self, FALSE);
  if (credentials != NULL)
    {
      finish (self, credentials);
      return;
    }

  show_problem (self->account_problem, self->password_row, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
sign_in (EnfiladeSigninPage *self)
{
  Attempt *attempt;

  if (self->cancellable != NULL || self->server == NULL || !gtk_widget_get_sensitive (self->sign_in_button))
    return;

  clear_problems (self);
  if (self->with_token)
    {
      g_autoptr(ChatCredentials) credentials = NULL;
      g_autofree char *token = g_strstrip (g_strdup (gtk_editable_get_text (self->token_row)));

      credentials = chat_credentials_new (chat_server_get_address (self->server), token, 0);
      finish (self, credentials);
      return;
    }

  attempt = attempt_new (self);
  chat_server_sign_in_async (self->server,
                             gtk_editable_get_text (self->username_row),
                             gtk_editable_get_text (self->password_row),
                             attempt->cancellable, signed_in, attempt);
}

static void
method_clicked (EnfiladeSigninPage *self)
{
  self->with_token = !self->with_token;
  clear_problems (self);
  show_method (self);
  focus_first_empty (self);
}

static void
back_clicked (EnfiladeSigninPage *self)
{
  clear_problems (self);
  gtk_widget_set_visible (GTK_WIDGET (self->account_reason), FALSE);
  show_step (self, "address");
}

/* ── Where ──────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
sign_in_with_pending (EnfiladeSigninPage *self)
{
  g_autofree char *password = g_steal_pointer (&self->pending_password);
  g_autofree char *token = g_steal_pointer (&self->pending_token);

  if (token != NULL)
    {
      self->with_token = TRUE;
      gtk_editable_set_text (self->token_row, token);
    }
  else if (password != NULL && (chat_server_get_sign_in_methods (self->server) & CHAT_SIGN_IN_PASSWORD) == 0)
    {
      show_problem (self->account_problem, self->token_row, _("This server takes no passwords, only tokens."));
      return;
    }
  else if (password != NULL)
    {
      self->with_token = FALSE;
      gtk_editable_set_text (self->password_row, password);
    }
  else
    {
      return;
    }

  show_method (self);
  sign_in (self);
}

static void
forget_pending (EnfiladeSigninPage *self)
{
  g_clear_pointer (&self->pending_password, g_free);
  g_clear_pointer (&self->pending_token, g_free);
}

static void
discovered (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Attempt) attempt = user_data;
  g_autoptr(GError) error = NULL;
  EnfiladeSigninPage *self = attempt->page;

  chat_server_discover_finish (CHAT_SERVER (source), result, &error);
  if (!attempt_is_current (attempt))
    return;

  set_busy (self, FALSE);
  if (error != NULL)
    {
      forget_pending (self);
      show_problem (self->address_problem, self->address_row, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
      return;
    }

  g_set_object (&self->server, CHAT_SERVER (source));
  self->with_token = (chat_server_get_sign_in_methods (self->server) & CHAT_SIGN_IN_PASSWORD) == 0;
  show_account_step (self);
  sign_in_with_pending (self);
}

static void
cancel_clicked (EnfiladeSigninPage *self)
{
  enfilade_signin_page_cancel (self);
  if (self->can_go_back)
    g_signal_emit (self, signals[CANCELLED], 0);
}

static void
continue_clicked (EnfiladeSigninPage *self)
{
  forget_pending (self);
  enfilade_signin_page_discover (self);
}

static void
enfilade_signin_page_dispose (GObject *object)
{
  EnfiladeSigninPage *self = ENFILADE_SIGNIN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->server);
  forget_pending (self);

  G_OBJECT_CLASS (enfilade_signin_page_parent_class)->dispose (object);
}

static void
enfilade_signin_page_class_init (EnfiladeSigninPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_signin_page_dispose;

  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CHAT_TYPE_CREDENTIALS);

  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/signin/enfilade-signin-page.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, account_cancel);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, account_problem);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, account_reason);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, account_status);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, address_cancel);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, address_problem);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, continue_stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, method_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, sign_in_stack);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, steps);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, token_row);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeSigninPage, username_row);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, continue_clicked);
  gtk_widget_class_bind_template_callback (widget_class, method_clicked);
  gtk_widget_class_bind_template_callback (widget_class, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
}

static void
enfilade_signin_page_init (EnfiladeSigninPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_method (self);
}

/**
 * enfilade_signin_page_propose:
 * @self: the page
 * @address: (nullable): what the server's address is likely to be
 * @username: (nullable): what the name of the account is likely to be
 */
void
enfilade_signin_page_propose (EnfiladeSigninPage *self,
                              const char         *address,
                              const char         *username)
{
  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));

  if (address != NULL && address[0] != '\0')
    gtk_editable_set_text (self->address_row, address);
  if (username != NULL && username[0] != '\0')
    gtk_editable_set_text (self->username_row, username);
}

/**
 * enfilade_signin_page_explain:
 * @self: the page
 * @reason: (nullable): why there is something to sign in to, in words
 *
 * Goes to the step where the person was before the server signed them out, and says why.
 */
void
enfilade_signin_page_explain (EnfiladeSigninPage *self,
                              const char         *reason)
{
  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));

  gtk_label_set_label (self->account_reason, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->account_reason), reason != NULL);
  if (self->server != NULL)
    show_account_step (self);
  else if (is_filled (self->address_row))
    enfilade_signin_page_discover (self);
}

/**
 * enfilade_signin_page_sign_in_with_password:
 * @self: the page
 * @address: the server's address
 * @username: the name of the account
 * @password: its password
 *
 * Does what a person would do who typed all of this. What fails is said beside the field in question.
 */
void
enfilade_signin_page_sign_in_with_password (EnfiladeSigninPage *self,
                                            const char         *address,
                                            const char         *username,
                                            const char         *password)
{
  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));
  g_return_if_fail (address != NULL && username != NULL && password != NULL);

  enfilade_signin_page_cancel (self);
  enfilade_signin_page_propose (self, address, username);
  forget_pending (self);
  self->pending_password = g_strdup (password);
  enfilade_signin_page_discover (self);
}

/**
 * enfilade_signin_page_sign_in_with_token:
 * @self: the page
 * @address: the server's address
 * @token: the account's token
 *
 * Does what a person would do who typed all of this.
 */
void
enfilade_signin_page_sign_in_with_token (EnfiladeSigninPage *self,
                                         const char         *address,
                                         const char         *token)
{
  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));
  g_return_if_fail (address != NULL && token != NULL);

  enfilade_signin_page_cancel (self);
  enfilade_signin_page_propose (self, address, NULL);
  forget_pending (self);
  self->pending_token = g_strdup (token);
  enfilade_signin_page_discover (self);
}

/**
 * enfilade_signin_page_set_can_go_back:
 * @self: the page
 * @can_go_back: whether there is something behind the page
 *
 * Without, there is only a request to the server to be cancelled, while it is under way.
 */
void
enfilade_signin_page_set_can_go_back (EnfiladeSigninPage *self,
                                      gboolean            can_go_back)
{
  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));

  self->can_go_back = !!can_go_back;
  update_sensitivity (self);
}

/**
 * enfilade_signin_page_discover:
 * @self: the page
 *
 * Asks the server at the address that stands in the field what it offers.
 */
void
enfilade_signin_page_discover (EnfiladeSigninPage *self)
{
  g_autoptr(ChatServer) server = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *address = NULL;
  Attempt *attempt;

  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));

  if (self->cancellable != NULL)
    return;

  clear_problems (self);
  address = chat_server_normalize_address (gtk_editable_get_text (self->address_row), &error);
  if (address == NULL)
    {
      forget_pending (self);
      show_step (self, "address");
      show_problem (self->address_problem, self->address_row, error->message);
      return;
    }

  g_clear_object (&self->server);
  show_step (self, "address");
  server = chat_server_new (address);
  attempt = attempt_new (self);
  chat_server_discover_async (server, attempt->cancellable, discovered, attempt);
}

/**
 * enfilade_signin_page_cancel:
 * @self: the page
 *
 * Gives up what is under way, if anything is. The fields stay as they are.
 */
void
enfilade_signin_page_cancel (EnfiladeSigninPage *self)
{
  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  forget_pending (self);
  set_busy (self, FALSE);
  focus_first_empty (self);
}

/**
 * enfilade_signin_page_focus:
 * @self: the page
 *
 * Puts the cursor where something is to be typed.
 */
void
enfilade_signin_page_focus (EnfiladeSigninPage *self)
{
  g_return_if_fail (ENFILADE_IS_SIGNIN_PAGE (self));

  if (self->cancellable == NULL)
    focus_first_empty (self);
}

/**
 * enfilade_signin_page_get_problem:
 * @self: the page
 *
 * Returns: (nullable): the problem that is shown, or %NULL
 */
const char *
enfilade_signin_page_get_problem (EnfiladeSigninPage *self)
{
  g_return_val_if_fail (ENFILADE_IS_SIGNIN_PAGE (self), NULL);

  if (gtk_widget_get_visible (GTK_WIDGET (self->address_problem)))
    return gtk_label_get_label (self->address_problem);
  if (gtk_widget_get_visible (GTK_WIDGET (self->account_problem)))
    return gtk_label_get_label (self->account_problem);

  return NULL;
}

gboolean
enfilade_signin_page_get_busy (EnfiladeSigninPage *self)
{
  g_return_val_if_fail (ENFILADE_IS_SIGNIN_PAGE (self), FALSE);

  return self->cancellable != NULL;
}
