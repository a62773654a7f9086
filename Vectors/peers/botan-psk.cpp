// A server and a client of Botan 2.19's library with a pre-shared key, for which its command has no
// option. botan-psk-server and botan-psk-client compile it and say what it does.
//
//   botan-psk server|client PORT POLICY-FILE KEY-FILE HINT
//
// KEY-FILE has lines IDENTITY:KEY. The client uses the first, and the server finds the one asked for.
// The server sends back what comes; the client prints it, and sends its standard input.

#include <arpa/inet.h>
#include <botan/auto_rng.h>
#include <botan/hex.h>
#include <botan/tls_callbacks.h>
#include <botan/tls_client.h>
#include <botan/tls_policy.h>
#include <botan/tls_server.h>
#include <botan/tls_session_manager.h>
#include <fstream>
#include <iostream>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace Botan;

struct Keys : Credentials_Manager {
  std::vector<std::pair<std::string, std::string>> all;
  std::string hint;

  explicit Keys(const char *path) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
      const auto colon = line.find(':');
      if (colon != std::string::npos) all.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
  }
  std::string psk_identity_hint(const std::string &, const std::string &) override { return hint; }
  std::string psk_identity(const std::string &, const std::string &, const std::string &) override {
    return all.at(0).first;
  }
  SymmetricKey psk(const std::string &, const std::string &context,
                   const std::string &identity) override {
    // It asks for a key for tickets in the same way.
    for (const auto &key : all)
      if (context != "session-ticket" && key.first == identity) return SymmetricKey(key.second);
    throw Invalid_Argument("no such key");
  }
};

struct Talk : TLS::Callbacks {
  int socket;
  bool isServer;
  TLS::Channel *channel = nullptr;

  Talk(int socket, bool isServer) : socket(socket), isServer(isServer) {}
  void tls_emit_data(const uint8_t data[], size_t size) override {
    while (size > 0) {
      const ssize_t count = ::send(socket, data, size, MSG_NOSIGNAL);
      if (count <= 0) return;
      data += count;
      size -= count;
    }
  }
  void tls_record_received(uint64_t, const uint8_t data[], size_t size) override {
    if (isServer) return channel->send(data, size);
    std::cout.write(reinterpret_cast<const char *>(data), size).flush();
  }
  void tls_alert(TLS::Alert alert) override { std::cout << alert.type_string() << std::endl; }
  bool tls_session_established(const TLS::Session &session) override {
    std::cout << session.ciphersuite().to_string() << std::endl;
    return false;
  }
};

// Until the connection ends. What is typed waits until the handshake is complete.
static void run(TLS::Channel &channel, int socket, bool isServer) {
  uint8_t buffer[17000];
  bool isTyping = !isServer;
  while (!channel.is_closed()) {
    pollfd waits[2] = {{socket, POLLIN, 0}, {isTyping && channel.is_active() ? 0 : -1, POLLIN, 0}};
    if (::poll(waits, 2, -1) < 0) return;
    if (waits[0].revents != 0) {
      const ssize_t count = ::read(socket, buffer, sizeof buffer);
      if (count <= 0) return;
      channel.received_data(buffer, count);
    }
    if (waits[1].revents != 0) {
      const ssize_t count = ::read(0, buffer, sizeof buffer);
      if (count > 0) channel.send(buffer, count);
      isTyping = count > 0;
    }
  }
}

int main(int count, char *arguments[]) try {
  if (count < 6) return 64;
  const bool isServer = std::string(arguments[1]) == "server";
  std::ifstream lines(arguments[3]);
  const TLS::Text_Policy policy(lines);
  Keys keys(arguments[4]);
  keys.hint = arguments[5];
  AutoSeeded_RNG random;
  TLS::Session_Manager_Noop sessions;

  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(std::stoi(arguments[2]));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto place = reinterpret_cast<sockaddr *>(&address);
  const int first = ::socket(AF_INET, SOCK_STREAM, 0);
  if (!isServer) {
    if (::connect(first, place, sizeof address) != 0) return 1;
    Talk talk(first, false);
    TLS::Client client(talk, sessions, keys, policy, random, TLS::Server_Information("localhost"),
                       TLS::Protocol_Version::TLS_V12);
    talk.channel = &client;
    run(client, first, false);
    return 0;
  }
  const int yes = 1;
  ::setsockopt(first, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(first, place, sizeof address) != 0 || ::listen(first, 4) != 0) return 1;
  while (true) {
    const int socket = ::accept(first, nullptr, nullptr);
    if (socket < 0) return 1;
    Talk talk(socket, true);
    TLS::Server server(talk, sessions, keys, policy, random);
    talk.channel = &server;
    try {
      run(server, socket, true);
    } catch (const std::exception &error) {
      std::cout << error.what() << std::endl;
    }
    ::close(socket);
  }
} catch (const std::exception &error) {
  std::cout << error.what() << std::endl;
  return 1;
}
