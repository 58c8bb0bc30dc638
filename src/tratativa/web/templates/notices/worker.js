/* Shows what the desk pushes, and opens it. It answers for no page: it has no hold of what is fetched, and keeps nothing. */
self.addEventListener("push", (event) => {
  let told = {};
  try {
    told = event.data.json();
  } catch {
    // A browser asks that each push be shown; what cannot be read is shown as this.
  }
  const { title = "Tratativa", body = "{{ unreadable|escapejs }}", tag, url } = told;
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: "{% asset 'web/icon.svg' %}", data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data?.url ?? "/notices/", self.location.origin);
  if (wanted.origin === self.location.origin) event.waitUntil(self.clients.openWindow(wanted.href));
});
