/** Shows notices that the node pushes, and opens their case. Served at `/service-worker.js`; does nothing else. */
import { placeOf, readNotice } from './notice.ts';

type PushEvent = Event & {
  readonly data: { readonly text: () => string } | null;
  readonly waitUntil: (work: Promise<unknown>) => void;
};
type ClickEvent = Event & {
  readonly notification: Notification;
  readonly waitUntil: (work: Promise<unknown>) => void;
};
/** The part of a service worker's global scope that is used. */
type Scope = {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { readonly openWindow: (url: string) => Promise<unknown> };
  readonly location: { readonly origin: string };
  readonly addEventListener: ((type: 'push', listen: (event: PushEvent) => void) => void) &
    ((type: 'notificationclick', listen: (event: ClickEvent) => void) => void);
};

const scope = globalThis as unknown as Scope;

scope.addEventListener('push', (event) => {
  const { title, summary, id, link } = readNotice(event.data?.text() ?? '');
  const data = placeOf(link, scope.location.origin);
  // The same notice again takes the place of the first.
  event.waitUntil(scope.registration.showNotification(title, { body: summary, tag: id, data, icon: '/favicon.svg' }));
});

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(scope.clients.openWindow(String(event.notification.data)));
});
