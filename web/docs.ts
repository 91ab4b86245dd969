/** Shows the api's own description; Swagger UI comes as a plain script. */

interface SwaggerRequest {
  url: string;
  headers: { Authorization?: string };
}

declare const SwaggerUIBundle: (options: {
  readonly url: string;
  readonly dom_id: string;
  readonly deepLinking: boolean;
  readonly validatorUrl: null;
  readonly requestInterceptor: (request: SwaggerRequest) => SwaggerRequest;
}) => unknown;

SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  // The validator is on the internet; nothing leaves this network.
  validatorUrl: null,
  requestInterceptor(request) {
    const token = sessionStorage.getItem('jieyue.token');
    if (token !== null) request.headers.Authorization = `Bearer ${token}`;
    return request;
  },
});

export {};
