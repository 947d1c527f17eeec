#pragma once

#include <curl/curl.h>

#include <memory>
#include <mutex>

namespace tasks {

struct CurlCloser
{
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
    void operator()(curl_mime *form) const { curl_mime_free(form); }
    void operator()(CURLU *url) const { curl_url_cleanup(url); }
    void operator()(char *text) const { curl_free(text); }
};

// CURL and CURLM are both void.
struct CurlEasyCloser
{
    void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};
struct CurlMultiCloser
{
    void operator()(CURLM *handle) const { curl_multi_cleanup(handle); }
};
using CurlEasy = std::unique_ptr<CURL, CurlEasyCloser>;
using CurlMulti = std::unique_ptr<CURLM, CurlMultiCloser>;

/// A new transfer; the library is set up with the first one, whichever thread and task it is.
inline CurlEasy newTransfer()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    return CurlEasy(curl_easy_init());
}

} // namespace tasks
